import type { CustomerId, MerchantId } from "@farthing/money";
import type { PeriodRule } from "./calendar.ts";

/**
 * A coupon that a customer was given: one version of it, from `start` on. Only `removedAt` is ever added.
 *
 * Units: times in milliseconds. `cycle` is what its periods are: those of the customer's subscription when it was applied.
 */
export interface CouponApplication {
  readonly merchant: MerchantId;
  readonly customer: CustomerId;
  readonly id: string;
  readonly coupon: string;
  readonly couponVersion: number;
  readonly start: number;
  readonly cycle: PeriodRule;
  readonly removedAt?: number;
}

/** Where applied coupons are kept. Every read is strong. */
export interface CouponApplications {
  /**
   * Applies a coupon once to a customer, and counts it: "exhausted" where `limit` customers have it, "exists" where this one
   * has, or had it.
   */
  applyCoupon(application: CouponApplication, limit: number | undefined): Promise<"applied" | "exists" | "exhausted">;
  /** Ends an application; one that has ended stays as it is. */
  removeCoupon(application: CouponApplication, removedAt: number): Promise<CouponApplication>;
  /** All applications of a customer, removed ones too, by (start, id). */
  applicationsOf(merchant: MerchantId, customer: CustomerId): Promise<readonly CouponApplication[]>;
}

/** The order in which coupons are taken off: by when they were applied, then by id. */
export function byApplication(
  a: Pick<CouponApplication, "start" | "id">,
  b: Pick<CouponApplication, "start" | "id">,
): number {
  return a.start - b.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
