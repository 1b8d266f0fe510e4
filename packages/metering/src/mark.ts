import { createHash } from "node:crypto";
import type { Mark } from "./journal.ts";

/** Bundles that one mark names at most: a mark has to stay a small item. */
export const bundlesPerMark = 1_000;

/** A mark for bundles; the same bundles make the same mark, so that writing it again changes nothing. */
export function markOf(bundles: Mark["bundles"]): Mark {
  const sorted = [...bundles].sort((a, b) => a.hour - b.hour || (a.digest < b.digest ? -1 : 1));
  const hash = createHash("sha256");
  for (const { hour, digest } of sorted) hash.update(`${hour}/${digest}\n`);
  return { id: hash.digest("base64url"), bundles: sorted };
}

/** As few marks as name all of these bundles. */
export function marksOf(bundles: Mark["bundles"]): readonly Mark[] {
  return Array.from({ length: Math.ceil(bundles.length / bundlesPerMark) }, (_, index) =>
    markOf(bundles.slice(index * bundlesPerMark, (index + 1) * bundlesPerMark)),
  );
}
