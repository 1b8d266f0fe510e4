import { compare, type Decimal, subtract, zero } from "@farthing/money";
import * as v from "valibot";
import { PositiveText } from "./decimal-text.ts";
import { withPath } from "./field-issue.ts";

/** A tier: quantities above the bound before it, up to and with its own; the last has none. */
export interface Tier {
  readonly upTo: Decimal | null;
}

/** The first tier whose bound is no higher than the one before it, or that comes after a tier without one. */
function disorder(tiers: readonly Tier[]): number {
  return tiers.findIndex(({ upTo }, index) => {
    const before = index === 0 ? zero : tiers[index - 1]?.upTo;
    return before === null || (upTo !== null && before !== undefined && compare(upTo, before) <= 0);
  });
}

const disorderly = "Tiers rise: each ends above the one before it, and only the last is open.";

/** Tiers of a price: bounds rise, and only the last may be open. */
export const tiersOf = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.array(v.strictObject({ upTo: v.nullable(PositiveText), ...entries })),
    v.minLength(1, "A price has at least one tier."),
    v.maxLength(100, "A price has at most 100 tiers."),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed || dataset.issues !== undefined) return;
      const tiers = dataset.value as readonly Tier[];
      const index = disorder(tiers);
      if (index >= 0) addIssue(withPath({ path: [index, "upTo"], message: disorderly }));
    }),
  );

/** The tier that a quantity falls in: the first whose bound it does not pass. Errors: throws where it passes all. */
export function tierOf<Each extends Tier>(tiers: readonly Each[], quantity: Decimal): Each {
  const tier = tiers.find(({ upTo }) => upTo === null || compare(quantity, upTo) <= 0);
  if (tier === undefined) throw new Error("a price's last tier is not open");
  return tier;
}

/** Every tier that a quantity above nought enters, with the units that fall into it. Errors: throws where it passes all. */
export function unitsByTier<Each extends Tier>(
  tiers: readonly Each[],
  quantity: Decimal,
): readonly { readonly tier: Each; readonly units: Decimal }[] {
  const last = tierOf(tiers, quantity);
  let from = zero;
  return tiers.slice(0, tiers.indexOf(last) + 1).map((tier) => {
    const to = tier === last || tier.upTo === null ? quantity : tier.upTo;
    const units = subtract(to, from);
    from = to;
    return { tier, units };
  });
}
