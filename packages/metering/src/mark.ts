import { createHash } from "node:crypto";
import type { Mark } from "./journal.ts";

/** A mark for bundles; the same bundles make the same mark, so that writing it again changes nothing. */
export function markOf(bundles: Mark["bundles"]): Mark {
  const sorted = [...bundles].sort((a, b) => a.hour - b.hour || (a.digest < b.digest ? -1 : 1));
  const hash = createHash("sha256");
  for (const { hour, digest } of sorted) hash.update(`${hour}/${digest}\n`);
  return { id: hash.digest("base64url"), bundles: sorted };
}
