import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { KeyId } from "../api-key.ts";
import type { KeyHash } from "../key-text.ts";
import type { Role } from "../role.ts";

/**
 * What a presented key opens, found by its hash in one strong read: an index would show a new key late.
 *
 * | reads and writes       | index   | key  |
 * | ---------------------- | ------- | ---- |
 * | create with the key    | primary | hash |
 * | identify               | primary | hash |
 * | revoke with the key    | primary | hash |
 */
export const keyHashEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "access", entity: "keyHash", version: "1" },
      attributes: {
        hash: { type: CustomAttributeType<KeyHash>("string"), required: true },
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        id: { type: CustomAttributeType<KeyId>("string"), required: true },
        roles: { type: CustomAttributeType<readonly Role[]>("any"), required: true },
        expiresAt: { type: "number", field: "validUntil" },
        revokedAt: { type: "number" },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["hash"], casing: "none" },
          sk: { field: "sk", composite: [], casing: "none" },
        },
      },
    },
    config,
  );
