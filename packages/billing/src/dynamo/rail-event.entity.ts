import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * An event of the rail that was taken; it is forgotten after the days for which one may come again.
 *
 * | reads and writes | index   | key             |
 * | ---------------- | ------- | --------------- |
 * | create once      | primary | merchant, event |
 */
export const railEventEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "railEvent", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        event: { type: "string", required: true },
        // Seconds since 1970: DynamoDB drops the item some time later.
        expiresAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "event"],
            template: "railevent#${merchant}#${event}",
            casing: "none",
          },
          sk: { field: "sk", composite: [], template: "event", casing: "none" },
        },
      },
    },
    config,
  );
