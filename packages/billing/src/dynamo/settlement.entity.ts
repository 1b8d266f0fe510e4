import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { Settlement, SettlementStatus } from "../settlement.ts";

/**
 * One run that bills. `list` says in which list of the index it stands: among the unfinished of all merchants (spread over
 * a few keys), or among the finished of its own.
 *
 * | reads and writes             | index   | key                                   |
 * | ---------------------------- | ------- | ------------------------------------- |
 * | create once, read, move on   | primary | merchant, id                          |
 * | unfinished, of all merchants | gsi1    | list, all                             |
 * | a merchant's, newest first   | gsi1    | list, merchant + createdAt + id before |
 */
export const settlementEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "settlement", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        id: { type: "string", required: true },
        through: { type: "number", required: true },
        cutAt: { type: CustomAttributeType<Settlement["cutAt"]>("string"), required: true },
        customers: { type: "string" },
        dryRun: { type: "boolean", required: true },
        status: { type: CustomAttributeType<SettlementStatus>("string"), required: true },
        createdAt: { type: "number", required: true, padding: { length: 15, char: "0" } },
        finishedAt: { type: "number" },
        shards: { type: "number" },
        chunks: { type: "number" },
        customerCount: { type: "number" },
        invoiceCount: { type: "number" },
        totals: { type: "string" },
        list: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "settlement#${merchant}", casing: "none" },
          sk: { field: "sk", composite: ["id"], template: "${id}", casing: "none" },
        },
        listed: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: ["list"], template: "${list}", casing: "none" },
          sk: {
            field: "gsi1sk",
            composite: ["merchant", "createdAt", "id"],
            template: "${merchant}#${createdAt}#${id}",
            casing: "none",
          },
        },
      },
    },
    config,
  );
