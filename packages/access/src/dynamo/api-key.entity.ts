import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { KeyId } from "../api-key.ts";
import type { KeyHash } from "../key-text.ts";
import type { Role } from "../role.ts";

/**
 * An API key as its merchant sees it.
 *
 * | reads and writes   | index   | key                 |
 * | ------------------ | ------- | ------------------- |
 * | create once        | primary | merchant, id        |
 * | read, revoke       | primary | merchant, id        |
 * | list, newest first | primary | merchant, id before |
 */
export const apiKeyEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "access", entity: "apiKey", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        id: { type: CustomAttributeType<KeyId>("string"), required: true },
        name: { type: "string" },
        roles: { type: CustomAttributeType<readonly Role[]>("any"), required: true },
        hash: { type: CustomAttributeType<KeyHash>("string"), required: true },
        prefix: { type: "string", required: true },
        last4: { type: "string", required: true },
        createdAt: { type: "number", required: true },
        // Not `expiresAt`: of that name is the attribute by which the table forgets items, and an expired key stays listed.
        expiresAt: { type: "number", field: "validUntil" },
        revokedAt: { type: "number" },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], casing: "none" },
          sk: { field: "sk", composite: ["id"], casing: "none" },
        },
      },
    },
    config,
  );
