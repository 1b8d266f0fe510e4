import type { CurrencyCode, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A merchant.
 *
 * | reads and writes | index   | key      |
 * | ---------------- | ------- | -------- |
 * | create once      | primary | merchant |
 * | read, change     | primary | merchant |
 */
export const merchantEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "access", entity: "merchant", version: "1" },
      attributes: {
        id: { type: CustomAttributeType<MerchantId>("string"), required: true },
        name: { type: "string", required: true },
        timezone: { type: "string", required: true },
        currency: { type: CustomAttributeType<CurrencyCode>("string"), required: true },
        secret: { type: "string", required: true },
        // JSON.
        seller: { type: "string" },
        graceHours: { type: "number" },
        paymentTermsDays: { type: "number" },
        // JSON.
        fees: { type: "string" },
        // JSON.
        collection: { type: "string" },
        createdAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["id"], casing: "none" },
          sk: { field: "sk", composite: [], casing: "none" },
        },
      },
    },
    config,
  );
