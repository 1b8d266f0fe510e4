import * as v from "valibot";
import { wholeText } from "./whole-text.ts";

/** The group values that a price is for, by the names that its meter groups by. */
export const Group = v.pipe(v.record(wholeText(128), wholeText(256)), v.minEntries(1), v.maxEntries(10));

/** The group values that a price is for, by the names that its meter groups by. */
export type Group = Readonly<v.InferOutput<typeof Group>>;

/**
 * Whether usage with these group values falls under a price's group: each name that the price gives has that value.
 *
 * A price without a group is for all usage of its meter, whatever other prices take. Source: docs/pricing.md, "Groups".
 */
export function groupCovers(
  group: Group | undefined,
  values: Readonly<Record<string, string | null | undefined>>,
): boolean {
  return group === undefined || Object.entries(group).every(([name, value]) => values[name] === value);
}
