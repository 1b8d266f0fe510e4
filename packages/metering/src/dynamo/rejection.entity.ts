import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * What one request had refused, for people to see. The table forgets it after `expiresAt` (in seconds).
 *
 * | reads and writes            | index   | key                                  |
 * | --------------------------- | ------- | ------------------------------------ |
 * | note a request              | primary | merchant + UTC day, place            |
 * | read a day from a place back | primary | merchant + UTC day, place from to   |
 */
export const rejectionEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "metering", entity: "rejection", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        day: { type: "number", required: true },
        place: { type: "string", required: true },
        receivedAt: { type: "number", required: true },
        name: { type: "string", required: true },
        counts: { type: "string", required: true },
        events: { type: "string", required: true },
        expiresAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "day"], template: "refused#${merchant}#${day}", casing: "none" },
          sk: { field: "sk", composite: ["place"], template: "${place}", casing: "none" },
        },
      },
    },
    config,
  );
