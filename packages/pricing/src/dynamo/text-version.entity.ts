import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { TextKind } from "../versioned-text.ts";

/**
 * A version of a coupon or of a country's taxes, in the Registry table; written once and never changed.
 *
 * | reads and writes                     | index   | key                            |
 * | ------------------------------------ | ------- | ------------------------------ |
 * | create the next, once, with the head | primary | merchant + kind + key, version |
 * | read one version                     | primary | merchant + kind + key, version |
 */
export const textVersionEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "pricing", entity: "textVersion", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        kind: { type: CustomAttributeType<TextKind>("string"), required: true },
        key: { type: "string", required: true },
        version: { type: "number", required: true, padding: { length: 9, char: "0" } },
        text: { type: "string", required: true },
        createdAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "kind", "key"], casing: "none" },
          sk: { field: "sk", composite: ["version"], casing: "none" },
        },
      },
    },
    config,
  );
