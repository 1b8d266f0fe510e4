import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A settlement whose invoices are still to be opened for collection.
 *
 * | reads and writes  | index   | key                  |
 * | ----------------- | ------- | -------------------- |
 * | put, delete       | primary | merchant, settlement |
 * | all of a merchant | primary | merchant, all        |
 */
export const collectionRunEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "collectionRun", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        settlement: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "collectionruns#${merchant}", casing: "none" },
          sk: { field: "sk", composite: ["settlement"], template: "${settlement}", casing: "none" },
        },
      },
    },
    config,
  );
