import { frozenCopy } from "@farthing/metering/memory";
import type { CustomerId, MerchantId } from "@farthing/money";
import { byApplication, type CouponApplication, type CouponApplications } from "./coupon-application.ts";

/** Applied coupons in memory. */
export function memoryCouponApplications(): CouponApplications {
  const all = new Map<string, CouponApplication>();
  const keyOf = ({ merchant, customer, coupon }: CouponApplication) => `${merchant}#${customer}#${coupon}`;

  return {
    async applyCoupon(application, limit) {
      const { merchant, coupon } = application;
      if (all.has(keyOf(application))) return "exists";
      const given = [...all.values()].filter((one) => one.merchant === merchant && one.coupon === coupon);
      if (limit !== undefined && given.length >= limit) return "exhausted";
      all.set(keyOf(application), frozenCopy(application));
      return "applied";
    },
    async removeCoupon(application, removedAt) {
      const stored = all.get(keyOf(application)) ?? application;
      const removed = stored.removedAt === undefined ? frozenCopy({ ...stored, removedAt }) : stored;
      all.set(keyOf(application), removed);
      return removed;
    },
    async applicationsOf(merchant: MerchantId, customer: CustomerId) {
      const own = [...all.values()].filter((one) => one.merchant === merchant && one.customer === customer);
      return own.sort(byApplication);
    },
  };
}
