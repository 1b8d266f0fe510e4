import { createHmac } from "node:crypto";
import { err, type MerchantId, ok, type Result } from "@farthing/money";
import { type ApiKey, apiKey, idBytes, keyId } from "./api-key.ts";
import { type KeyText, keyBytes, keyText } from "./key-text.ts";
import { type Merchant, merchantKey } from "./merchant.ts";
import type { Access } from "./ports.ts";
import type { IdempotencyConflict } from "./receipt.ts";
import type { Role } from "./role.ts";

/** What a merchant says of a key that it wants. Units: times in milliseconds since 1970. */
export interface NewKey {
  readonly merchant: MerchantId;
  readonly roles: readonly Role[];
  readonly name?: string | undefined;
  readonly expiresAt?: number | undefined;
  /** When the request first arrived. */
  readonly receivedAt: number;
  /** The caller's idempotency key, and a secret that only the API key it came with yields. */
  readonly once?: { readonly key: string; readonly callerSecret: Uint8Array } | undefined;
}

/** The new key and its text, shown this once. */
export interface CreatedKey extends ApiKey {
  readonly key: KeyText;
}

/** A key that is over before it begins. */
export interface ExpiryInPast {
  readonly code: "expiry_in_past";
}

/**
 * Makes a key. With an idempotency key a repeat gives the same key and text, though the text is stored nowhere.
 *
 * Errors: `idempotency_conflict` when another API key used this idempotency key, `expiry_in_past`.
 */
export async function createKey(
  access: Access,
  request: NewKey,
): Promise<Result<CreatedKey, IdempotencyConflict | ExpiryInPast>> {
  const merchant = await access.merchants.find(request.merchant);
  if (merchant === undefined) throw new Error("a key's merchant does not exist");

  const { text, id } = materials(access, merchant, request);
  const drafted = apiKey(id, text, request, request.receivedAt);
  const stored = await access.keys.find(merchant.id, id);
  if (stored !== undefined) return sameKey(stored, drafted, text);
  if (request.expiresAt !== undefined && request.expiresAt <= access.clock.now())
    return err({ code: "expiry_in_past" });

  if ((await access.keys.create([drafted])) === "created") return ok({ ...drafted, key: text });
  const winner = await access.keys.find(merchant.id, id);
  if (winner === undefined) throw new Error("a random key exists already");
  return sameKey(winner, drafted, text);
}

function sameKey(stored: ApiKey, drafted: ApiKey, text: KeyText): Result<CreatedKey, IdempotencyConflict> {
  return stored.hash === drafted.hash ? ok({ ...stored, key: text }) : err({ code: "idempotency_conflict" });
}

/**
 * Takes a key and an id from chance, or, for a request that may be repeated, from three secrets: neither the table
 * nor the caller's API key nor the idempotency key alone tells what key was made.
 */
function materials({ randomness, environment }: Access, merchant: Merchant, { once, receivedAt }: NewKey) {
  if (once === undefined) {
    const text = keyText(environment, randomness.bytes(keyBytes));
    return { text, id: keyId(receivedAt, randomness.bytes(idBytes)) };
  }
  const seed = merchantKey(merchant, "create-key");
  const named = createHmac("sha256", seed).update(once.key).digest();
  const secret = createHmac("sha256", named).update(once.callerSecret).digest();
  const text = keyText(environment, secret.subarray(0, keyBytes));
  return { text, id: keyId(receivedAt, named.subarray(0, idBytes)) };
}
