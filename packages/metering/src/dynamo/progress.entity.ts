import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { Hour } from "../hour.ts";

/**
 * How far a shard was rolled, and how far its sets were compared: one hour each.
 *
 * | reads and writes   | index   | key                    |
 * | ------------------ | ------- | ---------------------- |
 * | read, raise an hour | primary | merchant + shard, step |
 */
export const progressEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "metering", entity: "progress", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        shard: { type: "number", required: true },
        step: { type: ["rolled", "swept"] as const, required: true },
        hour: { type: CustomAttributeType<Hour>("number"), required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "shard"], template: "p#${merchant}#${shard}", casing: "none" },
          sk: { field: "sk", composite: ["step"], template: "${step}", casing: "none" },
        },
      },
    },
    config,
  );
