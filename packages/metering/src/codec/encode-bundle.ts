import type { Fact } from "../event.ts";
import type { PackedBundle } from "./bundle.ts";
import { BundleBuilder } from "./bundle-builder.ts";
import { digestOf, frame } from "./frame.ts";

/**
 * Packs facts into one bundle, in their order: the same facts in the same order have the same digest.
 *
 * Errors: throws past the sizes of one bundle (`packBundles` splits before them), and on facts that no parser lets through.
 */
export function encodeBundle(facts: readonly Fact[]): PackedBundle {
  const builder = new BundleBuilder();
  for (const fact of facts) builder.addFact(fact);
  return pack(builder);
}

function pack(builder: BundleBuilder): PackedBundle {
  const content = builder.write();
  return { blob: frame(content), digest: digestOf(content), events: builder.events, voids: builder.voids };
}

/**
 * Packs facts into as many bundles as they need, in order, so that no blob has more than `maxBytes`.
 *
 * How facts are divided depends on nothing but the facts and `maxBytes`. A fact that alone passes `maxBytes` has a bundle
 * of its own.
 */
export function packBundles(facts: readonly Fact[], { maxBytes }: { readonly maxBytes: number }): PackedBundle[] {
  const bundles: PackedBundle[] = [];
  let start = 0;
  while (start < facts.length) {
    const builder = new BundleBuilder();
    let end = start;
    while (end < facts.length && !builder.full && builder.estimate < maxBytes) {
      const fact = facts[end++];
      if (fact !== undefined) builder.addFact(fact);
    }
    bundles.push(...fit(pack(builder), facts.slice(start, end), maxBytes));
    start = end;
  }
  return bundles;
}

/** The bundle where it is small enough, else its facts in equal parts. */
function fit(bundle: PackedBundle, facts: readonly Fact[], maxBytes: number): readonly PackedBundle[] {
  if (bundle.blob.length <= maxBytes || facts.length <= 1) return [bundle];
  const parts = Math.min(facts.length, Math.ceil((bundle.blob.length / maxBytes) * 1.05));
  const size = Math.ceil(facts.length / parts);
  const split: PackedBundle[] = [];
  for (let at = 0; at < facts.length; at += size) {
    const part = facts.slice(at, at + size);
    split.push(...fit(encodeBundle(part), part, maxBytes));
  }
  return split;
}
