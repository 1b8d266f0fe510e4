import type { CurrencyCode, CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A grant, in the Registry table; nothing of one ever changes. `granted` is a decimal as text, `terms` JSON.
 *
 * | reads and writes  | index   | key                     |
 * | ----------------- | ------- | ----------------------- |
 * | create once, read | primary | merchant, customer + id |
 * | all of a customer | primary | merchant, customer      |
 */
export const grantEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "wallet", entity: "grant", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        id: { type: "string", required: true },
        granted: { type: "string", required: true },
        currency: { type: CustomAttributeType<CurrencyCode>("string") },
        meter: { type: "string" },
        name: { type: "string" },
        priority: { type: "number", required: true },
        startsAt: { type: "number", required: true },
        expiresAt: { type: "number" },
        // JSON: scope and roll-over, as a stored map could not carry every key.
        terms: { type: "string", required: true },
        createdAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "customer"],
            template: "grant#${merchant}#${customer}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["id"], template: "${id}", casing: "none" },
        },
      },
    },
    config,
  );
