import type { CurrencyCode, CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * One thing that happened to an invoice: a record of its customer's account log.
 *
 * | reads and writes       | index   | key                              |
 * | ---------------------- | ------- | -------------------------------- |
 * | append the next, once  | primary | merchant + customer, number      |
 * | read from a number on  | primary | merchant + customer, number from |
 */
export const accountRecordEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "accountRecord", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        number: { type: "number", required: true, padding: { length: 12, char: "0" } },
        seal: { type: "number", required: true },
        currency: { type: CustomAttributeType<CurrencyCode>("string"), required: true },
        // JSON, amounts as text in picos.
        change: { type: "string", required: true },
        at: { type: "number", required: true },
        recordedAt: { type: "number", required: true },
        reason: { type: "string" },
        reference: { type: "string" },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "customer"],
            template: "account#${merchant}#${customer}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["number"], template: "${number}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
