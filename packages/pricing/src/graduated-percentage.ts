import { add, multiply, zero } from "@farthing/money";
import * as v from "valibot";
import { PriceText, RateText } from "./decimal-text.ts";
import type { Model } from "./model.ts";
import { ratioOf } from "./ratio.ts";
import { tiersOf, unitsByTier } from "./tiers.ts";
import { usageFields } from "./usage-fields.ts";

/** A share of what the meter sums up, step by step: each tier for the part that falls into it. */
export const GraduatedPercentagePrice = v.strictObject({
  ...usageFields,
  model: v.literal("graduated_percentage"),
  tiers: tiersOf({ rate: RateText, fixed: v.exactOptional(PriceText) }),
});

/** A share of what the meter sums up, step by step: each tier for the part that falls into it. */
export type GraduatedPercentagePrice = Readonly<v.InferOutput<typeof GraduatedPercentagePrice>>;

/** The model `graduated_percentage`. Source: docs/pricing.md, "Graduated percentage". */
export const graduatedPercentage: Model<GraduatedPercentagePrice> = {
  amount: ({ tiers }, quantity) =>
    ratioOf(
      unitsByTier(tiers, quantity).reduce(
        (sum, { tier: { rate, fixed = zero }, units }) => add(sum, add(fixed, multiply(rate, units))),
        zero,
      ),
    ),
  atZero: () => zero,
};
