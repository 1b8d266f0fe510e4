import * as v from "valibot";
import type { Model } from "./model.ts";
import { unitsByTier } from "./tiers.ts";
import { amountOfTiers, feeAtZero, unitTierFields } from "./unit-tiers.ts";
import { usageFields } from "./usage-fields.ts";

/** Usage priced step by step: each tier for the units that fall into it. */
export const GraduatedPrice = v.strictObject({ ...usageFields, model: v.literal("graduated"), ...unitTierFields });

/** Usage priced step by step: each tier for the units that fall into it. */
export type GraduatedPrice = Readonly<v.InferOutput<typeof GraduatedPrice>>;

/** The model `graduated`. Source: docs/pricing.md, "Graduated". */
export const graduated: Model<GraduatedPrice> = {
  amount: ({ tiers, per }, quantity) => amountOfTiers(unitsByTier(tiers, quantity), per),
  atZero: feeAtZero,
};
