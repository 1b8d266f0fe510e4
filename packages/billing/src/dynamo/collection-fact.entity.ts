import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * Something that happened to collected money, under its cause. A day's are spread over several keys.
 *
 * | reads and writes   | index   | key                          |
 * | ------------------ | ------- | ---------------------------- |
 * | create once        | primary | merchant + day + bucket, cause |
 * | those of a day     | primary | merchant + day + bucket, all |
 */
export const collectionFactEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "collectionFact", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        day: { type: "string", required: true },
        bucket: { type: "number", required: true, padding: { length: 2, char: "0" } },
        cause: { type: "string", required: true },
        // JSON of the whole.
        body: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "day", "bucket"],
            template: "collected#${merchant}#${day}#${bucket}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["cause"], template: "${cause}", casing: "none" },
        },
      },
    },
    config,
  );
