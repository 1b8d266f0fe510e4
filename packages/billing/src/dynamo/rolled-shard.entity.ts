import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * Says that a settlement's first phase has rolled a shard.
 *
 * | reads and writes | index   | key                          |
 * | ---------------- | ------- | ---------------------------- |
 * | note             | primary | merchant + settlement, shard |
 * | read all         | primary | merchant + settlement        |
 */
export const rolledShardEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "rolledShard", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        settlement: { type: "string", required: true },
        shard: { type: "number", required: true, padding: { length: 3, char: "0" } },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "settlement"],
            template: "settlement-shards#${merchant}#${settlement}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["shard"], template: "${shard}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
