import type { CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { CouponApplication } from "../coupon-application.ts";

/**
 * A coupon that a customer was given; `removedAt` alone is ever added.
 *
 * | reads and writes        | index   | key                       |
 * | ----------------------- | ------- | ------------------------- |
 * | create once, with count | primary | merchant + customer, coupon |
 * | end once                | primary | merchant + customer, coupon |
 * | all of a customer       | primary | merchant + customer       |
 */
export const couponApplicationEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "couponApplication", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        coupon: { type: "string", required: true },
        id: { type: "string", required: true },
        couponVersion: { type: "number", required: true },
        start: { type: "number", required: true },
        cycle: { type: CustomAttributeType<CouponApplication["cycle"]>("any"), required: true },
        removedAt: { type: "number" },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "customer"],
            template: "coupons#${merchant}#${customer}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["coupon"], template: "${coupon}", casing: "none" },
        },
      },
    },
    config,
  );
