import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * The newest version of a plan, whole, beside the merchant's other plans in the Registry table.
 *
 * | reads and writes               | index   | key                 |
 * | ------------------------------ | ------- | ------------------- |
 * | replace, with the next version | primary | merchant, key       |
 * | read the newest version        | primary | merchant, key       |
 * | list, in order of keys         | primary | merchant, key after |
 */
export const planHeadEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "pricing", entity: "planHead", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        key: { type: "string", required: true },
        version: { type: "number", required: true },
        content: { type: "string", required: true },
        createdAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], casing: "none" },
          sk: { field: "sk", composite: ["key"], casing: "none" },
        },
      },
    },
    config,
  );
