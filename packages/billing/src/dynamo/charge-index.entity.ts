import type { CurrencyCode, CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * Where the charges of an invoice are written, in the Log table: packed JSON, or the name of the chunks that hold it.
 *
 * | reads and writes | index   | key                                  |
 * | ---------------- | ------- | ------------------------------------ |
 * | put, read one    | primary | merchant + customer, seal + currency |
 */
export const chargeIndexEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "chargeIndex", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        seal: { type: "number", required: true, padding: { length: 9, char: "0" } },
        currency: { type: CustomAttributeType<CurrencyCode>("string"), required: true },
        body: { type: CustomAttributeType<Uint8Array>("any") },
        spilledTo: { type: "string" },
        spilledParts: { type: "number" },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "customer"],
            template: "i#${merchant}#${customer}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["seal", "currency"], template: "${seal}#${currency}", casing: "none" },
        },
      },
    },
    config,
  );
