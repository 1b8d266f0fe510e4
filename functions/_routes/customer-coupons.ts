import { PlanPath } from "@farthing/pricing";
import * as v from "valibot";
import { CustomerIdText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const Key = PlanPath.entries.key;

const AppliedCoupon = v.pipe(
  v.object({
    id: v.string(),
    customer: v.string(),
    coupon: v.string(),
    version: v.number(),
    start: TimeText,
    removedAt: v.optional(TimeText),
  }),
  v.title("AppliedCoupon"),
);

/** Gives a customer a coupon. */
export const applyCoupon = route({
  route: "POST /v1/customers/{id}/coupons",
  does: "Gives a customer a coupon in its newest version; it holds from the period that runs now.",
  roles: ["billing"],
  path: v.strictObject({ id: CustomerIdText }),
  body: v.strictObject({ coupon: Key }),
  status: 201,
  replay: "stored",
  answer: AppliedCoupon,
  errors: ["unknown_customer", "coupon_used", "unknown_coupon", "coupon_expired", "coupon_exhausted"],
});

/** Lists a customer's coupons. */
export const listAppliedCoupons = route({
  route: "GET /v1/customers/{id}/coupons",
  does: "Lists a customer's coupons in the order in which they are taken off, those removed with them.",
  roles: ["read"],
  path: v.strictObject({ id: CustomerIdText }),
  paged: true,
  answer: AppliedCoupon,
  errors: [],
});

/** Takes a coupon from a customer. */
export const removeCoupon = route({
  route: "DELETE /v1/customers/{id}/coupons/{coupon}",
  does: "Takes a coupon from a customer: periods that are not over yet lose it with the next invoice.",
  roles: ["billing"],
  path: v.strictObject({ id: CustomerIdText, coupon: Key }),
  answer: AppliedCoupon,
  errors: ["not_found"],
});
