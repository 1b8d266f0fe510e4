import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A mark: names the bundles of one request, or of several at once, that reached a shard when their hours were over. The stream of the table is
 * filtered by the prefix `m#`.
 *
 * | reads and writes | index   | key                   |
 * | ---------------- | ------- | --------------------- |
 * | write, remove    | primary | merchant + shard, id  |
 * | read all         | primary | merchant + shard      |
 */
export const markEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "metering", entity: "mark", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        shard: { type: "number", required: true },
        id: { type: "string", required: true },
        bundles: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "shard"], template: "m#${merchant}#${shard}", casing: "none" },
          sk: { field: "sk", composite: ["id"], template: "${id}", casing: "none" },
        },
      },
    },
    config,
  );
