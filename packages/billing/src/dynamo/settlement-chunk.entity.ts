import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * The customers of a chunk. Each chunk has a partition of its own: thousands of one settlement are written in a minute.
 *
 * | reads and writes  | index   | key                           |
 * | ----------------- | ------- | ----------------------------- |
 * | create once, read | primary | merchant + settlement + chunk |
 */
export const settlementChunkEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "settlementChunk", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        settlement: { type: "string", required: true },
        chunk: { type: "number", required: true },
        customers: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "settlement", "chunk"],
            template: "settlement-chunk#${merchant}#${settlement}#${chunk}",
            casing: "none",
          },
          sk: { field: "sk", composite: [], template: "customers", casing: "none" },
        },
      },
    },
    config,
  );
