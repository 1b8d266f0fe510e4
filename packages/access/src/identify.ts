import { type Clock, err, type MerchantId, ok, type Result } from "@farthing/money";
import { isLive, type KeyId } from "./api-key.ts";
import { hashOf, parseKeyText } from "./key-text.ts";
import type { Keys } from "./ports.ts";
import type { Role } from "./role.ts";

/** Who asks. */
export interface Identity {
  readonly merchant: MerchantId;
  readonly key: KeyId;
  readonly roles: readonly Role[];
}

/** The presented text opens nothing: malformed, unknown, expired or revoked; which of them is not told. */
export interface Unauthorized {
  readonly code: "unauthorized";
}

/**
 * Finds out whose key a text is. A text with a wrong checksum costs no read.
 *
 * Errors: `unauthorized`.
 */
export async function identify(
  { keys, clock }: { readonly keys: Pick<Keys, "findByHash">; readonly clock: Clock },
  text: string,
): Promise<Result<Identity, Unauthorized>> {
  const key = parseKeyText(text);
  if (!key.ok) return err({ code: "unauthorized" });
  const match = await keys.findByHash(hashOf(key.value));
  if (match === undefined || !isLive(match, clock.now())) return err({ code: "unauthorized" });
  return ok({ merchant: match.merchant, key: match.id, roles: match.roles });
}
