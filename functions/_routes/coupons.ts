import { CouponBody, PlanPath, PlanQuery, ScopeBody } from "@farthing/pricing";
import * as v from "valibot";
import { DecimalText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const Coupon = v.pipe(
  v.object({
    key: v.string(),
    version: v.number(),
    percent: v.optional(DecimalText),
    amount: v.optional(DecimalText),
    currency: v.optional(v.string()),
    duration: v.picklist(["once", "repeating", "forever"]),
    periods: v.optional(v.number()),
    scope: v.optional(ScopeBody),
    maxRedemptions: v.optional(v.number()),
    redeemBy: v.optional(TimeText),
    name: v.optional(v.string()),
    createdAt: TimeText,
  }),
  v.title("Coupon"),
);

/** Stores a coupon. */
export const putCoupon = route({
  route: "PUT /v1/coupons/{key}",
  does: "Stores a coupon; other content makes a new version, and whoever has the coupon keeps the version that was applied.",
  roles: ["billing"],
  path: PlanPath,
  body: CouponBody,
  answer: Coupon,
  errors: ["invalid_request", "unknown_currency"],
});

/** Shows a coupon. */
export const getCoupon = route({
  route: "GET /v1/coupons/{key}",
  does: "Shows a coupon's newest version, or the one asked for.",
  roles: ["read"],
  path: PlanPath,
  query: PlanQuery,
  answer: Coupon,
  errors: ["not_found"],
});

/** Lists coupons. */
export const listCoupons = route({
  route: "GET /v1/coupons",
  does: "Lists coupons in their newest versions, in order of their keys.",
  roles: ["read"],
  paged: true,
  answer: Coupon,
  errors: [],
});
