import type { CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A link of a customer's chain of seals, in the Log table: packed canonical JSON, or the name of the chunks that hold it.
 *
 * | reads and writes        | index   | key                         |
 * | ----------------------- | ------- | --------------------------- |
 * | create the next, once   | primary | merchant + customer, number |
 * | read one, the last, all | primary | merchant + customer, number |
 */
export const sealEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "seal", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        number: { type: "number", required: true, padding: { length: 9, char: "0" } },
        body: { type: CustomAttributeType<Uint8Array>("any") },
        spilledTo: { type: "string" },
        spilledParts: { type: "number" },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "customer"],
            template: "s#${merchant}#${customer}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["number"], template: "${number}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
