import { err, ok, type Result } from "@farthing/money";
import { type ApiKey, isKeyId } from "./api-key.ts";
import type { Identity } from "./identify.ts";
import type { Access } from "./ports.ts";

/** There is no such thing, or it is another merchant's. */
export interface NotFound {
  readonly code: "not_found";
}

/** A key may not revoke itself, so that no merchant locks itself out: make another, and revoke with that. */
export interface OwnKey {
  readonly code: "own_key";
}

/**
 * Revokes a key; again, it changes nothing.
 *
 * Errors: `not_found`, then `own_key`.
 */
export async function revokeKey(
  { keys, clock }: Pick<Access, "keys" | "clock">,
  { merchant, key }: Identity,
  id: string,
): Promise<Result<ApiKey, NotFound | OwnKey>> {
  if (!isKeyId(id)) return err({ code: "not_found" });
  if (id === key) return err({ code: "own_key" });
  const revoked = await keys.revoke(merchant, id, clock.now());
  return revoked === undefined ? err({ code: "not_found" }) : ok(revoked);
}
