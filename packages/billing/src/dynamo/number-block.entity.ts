import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A block of a merchant's numbering log: invoices by their ids, a line each, numbered from `first` on.
 *
 * | reads and writes                   | index   | key                     |
 * | ---------------------------------- | ------- | ----------------------- |
 * | create once                        | primary | merchant, first         |
 * | the newest, or the one of a number | primary | merchant, first up to   |
 * | those since a number               | primary | merchant, first from    |
 */
export const numberBlockEntity = (config: EntityConfiguration, log = "numbering") =>
  new Entity(
    {
      model: { service: "billing", entity: "numberBlock", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        first: { type: "number", required: true, padding: { length: 12, char: "0" } },
        invoices: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: `${log}#\${merchant}`, casing: "none" },
          sk: { field: "sk", composite: ["first"], template: "${first}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
