import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A line of a book, in the Log table: of the general ledger, spread over partitions, or of one party.
 *
 * | reads and writes                       | index   | key                          |
 * | -------------------------------------- | ------- | ---------------------------- |
 * | create the next, once; read one        | primary | merchant + book, number      |
 * | the newest                             | primary | merchant + book, last        |
 * | the newest until a date, those of dates | byHour | merchant + book, date + number |
 */
export const lineEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "ledger", entity: "line", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        book: { type: "string", required: true },
        number: { type: "number", required: true, padding: { length: 12, char: "0" } },
        date: { type: "number", required: true, padding: { length: 15, char: "0" } },
        cause: { type: "string", required: true },
        occurredAt: { type: "number", required: true },
        description: { type: "string", required: true },
        // "account picos", a line each.
        entries: { type: "string", required: true },
        balances: { type: "string", required: true },
        // JSON.
        facts: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "book"], template: "book#${merchant}#${book}", casing: "none" },
          sk: { field: "sk", composite: ["number"], template: "${number}", casing: "none", cast: "string" },
        },
        dated: {
          index: "byHour",
          pk: { field: "pk", composite: ["merchant", "book"], template: "book#${merchant}#${book}", casing: "none" },
          sk: { field: "lsi1sk", composite: ["date", "number"], template: "${date}#${number}", casing: "none" },
        },
      },
    },
    config,
  );
