import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * How many customers were given a coupon. It rises in the same transaction that creates an application, which can be done
 * once: so a repeat does not count.
 *
 * | reads and writes             | index   | key               |
 * | ---------------------------- | ------- | ----------------- |
 * | add one while below a limit  | primary | merchant + coupon |
 */
export const couponRedemptionsEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "couponRedemptions", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        coupon: { type: "string", required: true },
        given: { type: "number" },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "coupon"],
            template: "redemptions#${merchant}#${coupon}",
            casing: "none",
          },
          sk: { field: "sk", composite: [], template: "given", casing: "none" },
        },
      },
    },
    config,
  );
