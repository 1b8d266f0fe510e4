import type { CurrencyCode, CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { TaxStatus } from "../customer.ts";
import type { Language } from "../party.ts";

/**
 * A customer's profile. The list is spread over keys: a roll or an import may meet thousands of new customers in a minute.
 *
 * | reads and writes           | index   | key                          |
 * | -------------------------- | ------- | ---------------------------- |
 * | read, replace, create once | primary | merchant + list key, id      |
 * | list                       | primary | merchant + list key, id from |
 */
export const customerEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "customer", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        id: { type: CustomAttributeType<CustomerId>("string"), required: true },
        listKey: { type: "number", required: true, padding: { length: 2, char: "0" } },
        known: { type: "boolean", required: true },
        name: { type: "string" },
        email: { type: "string" },
        currency: { type: CustomAttributeType<CurrencyCode>("string") },
        timezone: { type: "string" },
        plan: { type: "string" },
        address: { type: "string" },
        taxId: { type: "string" },
        country: { type: "string" },
        taxStatus: { type: CustomAttributeType<TaxStatus>("string") },
        taxRate: { type: "string" },
        language: { type: CustomAttributeType<Language>("string") },
        paymentTermsDays: { type: "number" },
        // JSON: a stored map could not carry a key called __proto__.
        metadata: { type: "string" },
        collect: { type: "string" },
        createdAt: { type: "number", required: true },
        updatedAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "listKey"],
            template: "customer#${merchant}#${listKey}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["id"], template: "${id}", casing: "none" },
        },
      },
    },
    config,
  );
