import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { Hour } from "../hour.ts";

/**
 * Bundles that a roll has worked off, some thousands an item: digests as bytes, one behind the other.
 *
 * | reads and writes       | index   | key                                       |
 * | ---------------------- | ------- | ----------------------------------------- |
 * | add, the same once     | primary | merchant + shard + hour, digest of the item |
 * | read all of an hour    | primary | merchant + shard + hour                   |
 */
export const rollRecordEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "metering", entity: "rollRecord", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        shard: { type: "number", required: true },
        hour: { type: CustomAttributeType<Hour>("number"), required: true },
        id: { type: "string", required: true },
        kind: { type: ["rolled", "quarantined"] as const, required: true },
        digests: { type: CustomAttributeType<Uint8Array>("any"), required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "shard", "hour"],
            template: "r#${merchant}#${shard}#${hour}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["id"], template: "${id}", casing: "none" },
        },
      },
    },
    config,
  );
