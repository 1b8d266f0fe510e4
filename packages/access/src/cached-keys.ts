import type { Clock } from "@farthing/money";
import type { KeyHash } from "./key-text.ts";
import type { KeyMatch, Keys } from "./ports.ts";

/** For how long a looked-up key is believed: a revoked key opens nothing after it. */
export const keyFreshMs = 5000;

const mostEntries = 1000;

/** Remembers found keys for `keyFreshMs`. Unknown ones are looked up each time, so that a flood of them fills nothing. */
export function cachedKeys(keys: Pick<Keys, "findByHash">, clock: Clock): Pick<Keys, "findByHash"> {
  const known = new Map<KeyHash, { readonly match: KeyMatch; readonly at: number }>();

  return {
    async findByHash(hash) {
      const now = clock.now();
      const entry = known.get(hash);
      if (entry !== undefined && now - entry.at < keyFreshMs) return entry.match;
      known.delete(hash);
      const match = await keys.findByHash(hash);
      if (match === undefined) return undefined;
      if (known.size >= mostEntries) known.clear();
      // The age counts from before the read: what was revoked while it ran is believed no longer than anything else.
      known.set(hash, { match, at: now });
      return match;
    },
  };
}
