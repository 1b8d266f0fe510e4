import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A merchant's shard counts, as the text by which a change is compared.
 *
 * | reads and writes            | index   | key      |
 * | --------------------------- | ------- | -------- |
 * | create once, read, replace  | primary | merchant |
 * | all merchants, page by page | gsi1    | all, merchant from |
 */
export const shardPlanEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "metering", entity: "shardPlan", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        steps: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "shards#${merchant}", casing: "none" },
          sk: { field: "sk", composite: [], template: "plan", casing: "none" },
        },
        all: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: [], template: "shards", casing: "none" },
          sk: { field: "gsi1sk", composite: ["merchant"], template: "${merchant}", casing: "none" },
        },
      },
    },
    config,
  );
