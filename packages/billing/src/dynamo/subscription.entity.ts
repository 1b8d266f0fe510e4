import type { CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { Subscription } from "../subscription.ts";

/**
 * A subscription; nothing of one ever changes.
 *
 * | reads and writes          | index   | key                             |
 * | ------------------------- | ------- | ------------------------------- |
 * | create once               | primary | merchant, customer + id         |
 * | all of a customer         | primary | merchant, customer              |
 * | all of a merchant, paged  | primary | merchant, customer + id from    |
 */
export const subscriptionEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "subscription", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        id: { type: "string", required: true },
        plan: { type: "string", required: true },
        planVersion: { type: "number", required: true },
        interval: { type: CustomAttributeType<Subscription["interval"]>("string"), required: true },
        timezone: { type: "string", required: true },
        anchor: { type: "string" },
        proration: { type: CustomAttributeType<"none">("string") },
        phasesFrom: { type: "number" },
        replaces: { type: "string" },
        addOn: { type: "string" },
        quantity: { type: "string" },
        overrides: { type: "string" },
        start: { type: "number", required: true },
        flatFrom: { type: "number", required: true },
        createdAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "subscription#${merchant}", casing: "none" },
          sk: { field: "sk", composite: ["customer", "id"], template: "${customer}#${id}", casing: "none" },
        },
      },
    },
    config,
  );
