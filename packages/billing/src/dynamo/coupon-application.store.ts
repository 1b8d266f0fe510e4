import { createWriteTransaction } from "electrodb";
import { byApplication, type CouponApplications } from "../coupon-application.ts";
import { couponApplicationEntity } from "./coupon-application.entity.ts";
import { couponRedemptionsEntity } from "./coupon-redemptions.entity.ts";
import { type DynamoTable, plainly, strongly, stronglyAll, took } from "./table.ts";

const attempts = 20;

/** Applied coupons over the Registry table: one transaction creates an application and counts it. */
export function dynamoCouponApplications(registry: DynamoTable): CouponApplications {
  const applications = couponApplicationEntity(registry);
  const entities = { applications, redemptions: couponRedemptionsEntity(registry) };
  return {
    async applyCoupon(application, limit) {
      const { merchant, coupon } = application;
      for (let attempt = 0; attempt < attempts; attempt++) {
        const write = createWriteTransaction(entities, (to) => [
          to.applications.create({ ...application }).commit(),
          to.redemptions
            .update({ merchant, coupon })
            .add({ given: 1 })
            .where((at, is) => (limit === undefined ? "" : `${is.notExists(at.given)} OR ${is.lt(at.given, limit)}`))
            .commit(),
        ]);
        const { canceled, data } = await write.go();
        if (!canceled) return "applied";
        const [created, counted] = data.map((item) => (item?.rejected ? item.code : undefined));
        if (created === failed) return "exists";
        if (counted === failed) return "exhausted";
      }
      const error = new Error("a coupon is applied by many at once");
      error.name = "TransactionConflictException";
      throw error;
    },
    async removeCoupon(application, removedAt) {
      const { merchant, customer, coupon } = application;
      const key = { merchant, customer, coupon };
      const end = applications.patch(key).set({ removedAt });
      await took(end.where((at, is) => is.notExists(at.removedAt)).go(plainly));
      const { data } = await applications.get(key).go(strongly);
      if (data === null) throw new Error("an application is not there");
      return data;
    },
    async applicationsOf(merchant, customer) {
      const { data } = await applications.query.primary({ merchant, customer }).go(stronglyAll);
      return data.toSorted(byApplication);
    },
  };
}

const failed = "ConditionalCheckFailed";
