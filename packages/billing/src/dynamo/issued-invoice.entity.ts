import type { CurrencyCode, CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * The number of an invoice, and who it is between, beside it.
 *
 * | reads and writes  | index   | key                                   |
 * | ----------------- | ------- | ------------------------------------- |
 * | create once, read | primary | merchant + customer, seal + currency  |
 */
export const issuedInvoiceEntity = (config: EntityConfiguration, notes = "issued") =>
  new Entity(
    {
      model: { service: "billing", entity: "issuedInvoice", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        seal: { type: "number", required: true, padding: { length: 9, char: "0" } },
        currency: { type: CustomAttributeType<CurrencyCode>("string"), required: true },
        number: { type: "number", required: true },
        // JSON, as it stood when the number was given.
        parties: { type: "string", required: true },
        // JSON, likewise.
        terms: { type: "string" },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "customer"],
            template: `${notes}#\${merchant}#\${customer}`,
            casing: "none",
          },
          sk: { field: "sk", composite: ["seal", "currency"], template: "${seal}#${currency}", casing: "none" },
        },
      },
    },
    config,
  );
