import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * The last comparison of a merchant's books with its rail.
 *
 * | reads and writes | index   | key      |
 * | ---------------- | ------- | -------- |
 * | read, replace    | primary | merchant |
 */
export const reconciliationEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "reconciliation", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        // JSON of the whole.
        body: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "reconciliation#${merchant}", casing: "none" },
          sk: { field: "sk", composite: [], template: "last", casing: "none" },
        },
      },
    },
    config,
  );
