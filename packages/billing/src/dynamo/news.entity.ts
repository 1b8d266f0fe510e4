import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * News that a merchant is still to be told of.
 *
 * | reads and writes       | index   | key               |
 * | ---------------------- | ------- | ----------------- |
 * | note, drop             | primary | merchant + id     |
 * | all, the oldest first  | gsi1    | bucket, noticedAt |
 */
export const newsEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "news", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        id: { type: "string", required: true },
        // JSON.
        news: { type: "string", required: true },
        bucket: { type: "number", required: true },
        noticedAt: { type: "number", required: true, padding: { length: 15, char: "0" } },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "id"], template: "news#${merchant}#${id}", casing: "none" },
          sk: { field: "sk", composite: [], template: "news", casing: "none" },
        },
        byTime: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: ["bucket"], template: "news#${bucket}", casing: "none" },
          sk: { field: "gsi1sk", composite: ["noticedAt"], template: "${noticedAt}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
