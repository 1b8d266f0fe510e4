import { add, type Decimal, multiply, one, zero } from "@farthing/money";
import * as v from "valibot";
import { PositiveText, PriceText } from "./decimal-text.ts";
import { type Ratio, ratioOf } from "./ratio.ts";
import { type Tier, tiersOf } from "./tiers.ts";

/** What prices with a price a unit in each tier say. */
export const unitTierFields = {
  tiers: tiersOf({ unitPrice: PriceText, flat: v.exactOptional(PriceText) }),
  per: v.exactOptional(PositiveText),
  chargeZero: v.exactOptional(v.boolean()),
};

/** A tier with a price a unit (or for `per` units), and a fee for entering it. */
export interface UnitTier extends Tier {
  readonly unitPrice: Decimal;
  readonly flat?: Decimal;
}

/** What tiers charge for the units that fall to each, all over one divisor so that nothing rounds before the end. */
export function amountOfTiers(
  parts: readonly { readonly tier: UnitTier; readonly units: Decimal }[],
  per: Decimal = one,
): Ratio {
  const of = parts.reduce(
    (sum, { tier: { unitPrice, flat = zero }, units }) =>
      add(sum, add(multiply(unitPrice, units), multiply(flat, per))),
    zero,
  );
  return ratioOf(of, per);
}

/** What no usage costs: the first tier's fee, where the price charges it. */
export function feeAtZero({
  tiers,
  chargeZero = false,
}: {
  readonly tiers: readonly UnitTier[];
  readonly chargeZero?: boolean;
}): Decimal {
  return chargeZero ? (tiers[0]?.flat ?? zero) : zero;
}
