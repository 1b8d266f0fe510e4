import type { Hour } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * How far a merchant's conservation was checked.
 *
 * | reads and writes | index   | key      |
 * | ---------------- | ------- | -------- |
 * | read, replace    | primary | merchant |
 */
export const conservationCheckEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "conservationCheck", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        through: { type: CustomAttributeType<Hour>("number"), required: true },
        checkedAt: { type: "number", required: true },
        gaps: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "check#${merchant}", casing: "none" },
          sk: { field: "sk", composite: [], template: "conservation", casing: "none" },
        },
      },
    },
    config,
  );
