import { decodeAll, type Journal, type ShardHour, type StoredBundle } from "@farthing/metering";
import { override } from "./override.ts";
import { identityOf } from "./sent-fact.ts";
import { bundleKey, type Witness } from "./witness.ts";

/** The journal over a disk on which some bundles have a flipped bit. */
export function damagedJournal(journal: Journal, witness: Witness): Journal {
  const show = (at: ShardHour, bundle: StoredBundle): StoredBundle =>
    witness.corrupt.has(bundleKey(at, bundle.digest)) ? { ...bundle, blob: flipped(bundle.blob) } : bundle;
  return override(journal, {
    bundles: async (at, after) => {
      const page = await journal.bundles(at, after);
      return { ...page, bundles: page.bundles.map((bundle) => show(at, bundle)) };
    },
    bundle: async (at, digest) => {
      const bundle = await journal.bundle(at, digest);
      return bundle && show(at, bundle);
    },
  });
}

/** Damages a stored bundle from now on, and notes whose facts it held. */
export function damage(witness: Witness, key: string): void {
  const put = witness.puts.get(key);
  if (put === undefined) return;
  witness.corrupt.add(key);
  for (const { bundle } of decodeAll([put.bundle]).decoded) {
    for (let row = 0; row < bundle.count; row++) witness.damagedIdentities.add(identityOf(bundle.fact(row)));
  }
}

function flipped(blob: Uint8Array): Uint8Array {
  const copy = blob.slice();
  const at = copy.length >> 1;
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}
