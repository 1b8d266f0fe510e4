import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { BackfillStatus } from "../backfill.ts";

/**
 * A backfill. `list` says in which list of the index it stands: among those of all merchants that are closing, or with its
 * merchant's others, which nobody reads there. `counts` is JSON.
 *
 * | reads and writes           | index   | key                        |
 * | -------------------------- | ------- | -------------------------- |
 * | create once, read, move on | primary | merchant, name             |
 * | a merchant's, by name      | primary | merchant, name from        |
 * | closing, of all merchants  | gsi1    | list, merchant + name      |
 */
export const backfillEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "metering", entity: "backfill", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        name: { type: "string", required: true },
        status: { type: CustomAttributeType<BackfillStatus>("string"), required: true },
        createdAt: { type: "number", required: true },
        closedAt: { type: "number" },
        finishedAt: { type: "number" },
        counts: { type: "string" },
        list: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "backfill#${merchant}", casing: "none" },
          sk: { field: "sk", composite: ["name"], template: "${name}", casing: "none" },
        },
        listed: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: ["list"], template: "backfills#${list}", casing: "none" },
          sk: { field: "gsi1sk", composite: ["merchant", "name"], template: "${merchant}#${name}", casing: "none" },
        },
      },
    },
    config,
  );
