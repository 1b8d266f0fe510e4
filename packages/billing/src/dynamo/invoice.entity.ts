import type { CurrencyCode, CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * An invoice as lists need it; its lines are in the seal.
 *
 * | reads and writes          | index   | key                                                |
 * | ------------------------- | ------- | -------------------------------------------------- |
 * | put, the same again       | primary | merchant + settlement, customer + seal + currency  |
 * | of a settlement, in order | primary | merchant + settlement, customer + seal + currency from |
 * | of a merchant, newest first | gsi1  | merchant, sealedAt + customer + seal + currency before |
 */
export const invoiceEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "invoice", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        settlement: { type: "string", required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        seal: { type: "number", required: true, padding: { length: 9, char: "0" } },
        currency: { type: CustomAttributeType<CurrencyCode>("string"), required: true },
        sealedAt: { type: "number", required: true, padding: { length: 15, char: "0" } },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "settlement"],
            template: "invoice#${merchant}#${settlement}",
            casing: "none",
          },
          sk: {
            field: "sk",
            composite: ["customer", "seal", "currency"],
            template: "${customer}#${seal}#${currency}",
            casing: "none",
          },
        },
        newest: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: ["merchant"], template: "invoices#${merchant}", casing: "none" },
          sk: {
            field: "gsi1sk",
            composite: ["sealedAt", "customer", "seal", "currency"],
            template: "${sealedAt}#${customer}#${seal}#${currency}",
            casing: "none",
          },
        },
      },
    },
    config,
  );
