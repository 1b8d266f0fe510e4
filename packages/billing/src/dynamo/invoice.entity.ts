import type { CurrencyCode, CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * An invoice as lists need it; its lines are in the seal. Both lists are spread over the keys that `listKeyOf` gives customers:
 * a run puts thousands of invoices in a minute, and the newest all come last in the index.
 *
 * | reads and writes            | index   | key                                                              |
 * | --------------------------- | ------- | ---------------------------------------------------------------- |
 * | put, the same again         | primary | merchant + settlement + list key, customer + seal + currency      |
 * | of a settlement, in order   | primary | merchant + settlement + list key, customer + seal + currency from |
 * | of a merchant, newest first | gsi1    | merchant + list key, sealedAt + customer + seal + currency before |
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
        listKey: { type: "number", required: true, padding: { length: 2, char: "0" } },
        sealedAt: { type: "number", required: true, padding: { length: 15, char: "0" } },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "settlement", "listKey"],
            template: "invoice#${merchant}#${settlement}#${listKey}",
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
          pk: {
            field: "gsi1pk",
            composite: ["merchant", "listKey"],
            template: "invoices#${merchant}#${listKey}",
            casing: "none",
          },
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
