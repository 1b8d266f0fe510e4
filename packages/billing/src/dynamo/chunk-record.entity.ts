import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * What one chunk of a settlement came to.
 *
 * | reads and writes | index   | key                          |
 * | ---------------- | ------- | ---------------------------- |
 * | create once      | primary | merchant + settlement, chunk |
 * | read all         | primary | merchant + settlement        |
 */
export const chunkRecordEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "chunkRecord", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        settlement: { type: "string", required: true },
        chunk: { type: "number", required: true, padding: { length: 6, char: "0" } },
        customers: { type: "number", required: true },
        invoices: { type: "number", required: true },
        totals: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "settlement"],
            template: "settlement-records#${merchant}#${settlement}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["chunk"], template: "${chunk}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
