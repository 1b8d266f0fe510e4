import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * A version of a plan, in the Registry table; written once and never changed. `content` is its canonical text.
 *
 * | reads and writes                   | index   | key                     |
 * | ---------------------------------- | ------- | ----------------------- |
 * | create the next, once, with the head | primary | merchant + key, version |
 * | read one version                   | primary | merchant + key, version |
 */
export const planVersionEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "pricing", entity: "planVersion", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        key: { type: "string", required: true },
        version: { type: "number", required: true, padding: { length: 9, char: "0" } },
        content: { type: "string", required: true },
        createdAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "key"], casing: "none" },
          sk: { field: "sk", composite: ["version"], casing: "none" },
        },
      },
    },
    config,
  );
