import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A closed period of a merchant's books, in the Log table.
 *
 * | reads and writes      | index   | key              |
 * | --------------------- | ------- | ---------------- |
 * | create the next, once | primary | merchant, number |
 * | the newest, one, all  | primary | merchant, number |
 */
export const closeEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "ledger", entity: "close", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        number: { type: "number", required: true, padding: { length: 9, char: "0" } },
        through: { type: "number", required: true },
        closedAt: { type: "number", required: true },
        balances: { type: "string", required: true },
        previous: { type: "string", required: true },
        digest: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "closes#${merchant}", casing: "none" },
          sk: { field: "sk", composite: ["number"], template: "${number}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
