import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * What a chunk of a run came to, in the Log table, on a partition of its own.
 *
 * | reads and writes  | index   | key                    |
 * | ----------------- | ------- | ---------------------- |
 * | create once, read | primary | merchant + run + chunk |
 */
export const chunkSumsEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "ledger", entity: "chunkSums", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        run: { type: "string", required: true },
        chunk: { type: "number", required: true },
        postings: { type: "number", required: true },
        entries: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "run", "chunk"],
            template: "posted-chunk#${merchant}#${run}#${chunk}",
            casing: "none",
          },
          sk: { field: "sk", composite: [], template: "sums", casing: "none" },
        },
      },
    },
    config,
  );
