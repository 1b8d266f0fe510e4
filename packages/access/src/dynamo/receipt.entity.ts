import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { StoredAnswer } from "../receipt.ts";

/**
 * That a request with an idempotency key arrived. A partition each: a merchant's requests may come faster than one takes.
 *
 * | reads and writes            | index   | key                                |
 * | --------------------------- | ------- | ---------------------------------- |
 * | create, or read what exists | primary | merchant + digest of route and key |
 * | add the answer, withdraw    | primary | merchant + digest of route and key |
 */
export const receiptEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "access", entity: "receipt", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        id: { type: "string", required: true },
        digest: { type: "string", required: true },
        receivedAt: { type: "number", required: true },
        /** Units: seconds since 1970, by which the table forgets the item some time after it. */
        expiresAt: { type: "number", required: true },
        answer: { type: CustomAttributeType<StoredAnswer>("any") },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "id"], casing: "none" },
          sk: { field: "sk", composite: [], casing: "none" },
        },
      },
    },
    config,
  );
