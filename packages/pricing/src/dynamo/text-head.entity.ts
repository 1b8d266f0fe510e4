import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { TextKind } from "../versioned-text.ts";

/**
 * The newest version of a coupon or of a country's taxes, whole, beside the merchant's others of the kind.
 *
 * | reads and writes               | index   | key                        |
 * | ------------------------------ | ------- | -------------------------- |
 * | replace, with the next version | primary | merchant + kind, key       |
 * | read the newest version        | primary | merchant + kind, key       |
 * | list, in order of keys         | primary | merchant + kind, key after |
 */
export const textHeadEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "pricing", entity: "textHead", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        kind: { type: CustomAttributeType<TextKind>("string"), required: true },
        key: { type: "string", required: true },
        version: { type: "number", required: true },
        text: { type: "string", required: true },
        createdAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "kind"], casing: "none" },
          sk: { field: "sk", composite: ["key"], casing: "none" },
        },
      },
    },
    config,
  );
