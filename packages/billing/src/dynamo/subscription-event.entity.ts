import type { CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { SubscriptionEvent } from "../subscription-event.ts";

/**
 * What became of a subscription: a pause, a resumption, a cancellation; nothing of one ever changes.
 *
 * | reads and writes                   | index   | key                              |
 * | ---------------------------------- | ------- | -------------------------------- |
 * | add the next, once                 | primary | merchant, customer + id + number |
 * | all of a customer's subscriptions  | primary | merchant, customer               |
 */
export const subscriptionEventEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "subscriptionEvent", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        id: { type: "string", required: true },
        number: { type: "number", required: true, padding: { length: 6, char: "0" } },
        kind: { type: CustomAttributeType<SubscriptionEvent["kind"]>("string"), required: true },
        at: { type: "number", required: true },
        proration: { type: CustomAttributeType<"none">("string") },
        createdAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "subscription-event#${merchant}", casing: "none" },
          sk: {
            field: "sk",
            composite: ["customer", "id", "number"],
            template: "${customer}#${id}#${number}",
            casing: "none",
          },
        },
      },
    },
    config,
  );
