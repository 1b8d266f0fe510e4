import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A cause that was posted, in the Log table, on a partition of its own: written in one transaction with its lines.
 *
 * | reads and writes  | index   | key              |
 * | ----------------- | ------- | ---------------- |
 * | create once, read | primary | merchant + cause |
 */
export const causeEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "ledger", entity: "cause", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        cause: { type: "string", required: true },
        digest: { type: "string", required: true },
        date: { type: "number", required: true },
        book: { type: "string", required: true },
        number: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "cause"], template: "cause#${merchant}#${cause}", casing: "none" },
          sk: { field: "sk", composite: [], template: "cause", casing: "none" },
        },
      },
    },
    config,
  );
