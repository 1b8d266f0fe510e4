import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A claim to wake a shard's late roll in one window of time. The table forgets it after `expiresAt` (in seconds).
 *
 * | reads and writes | index   | key                      |
 * | ---------------- | ------- | ------------------------ |
 * | create once      | primary | merchant + shard, window |
 */
export const wakeClaimEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "metering", entity: "wakeClaim", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        shard: { type: "number", required: true },
        window: { type: "number", required: true },
        expiresAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "shard"], template: "wake#${merchant}#${shard}", casing: "none" },
          sk: { field: "sk", composite: ["window"], template: "${window}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
