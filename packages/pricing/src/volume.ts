import * as v from "valibot";
import type { Model } from "./model.ts";
import { tierOf } from "./tiers.ts";
import { amountOfTiers, feeAtZero, unitTierFields } from "./unit-tiers.ts";
import { usageFields } from "./usage-fields.ts";

/** All usage at the price of the tier that the whole quantity falls in. */
export const VolumePrice = v.strictObject({ ...usageFields, model: v.literal("volume"), ...unitTierFields });

/** All usage at the price of the tier that the whole quantity falls in. */
export type VolumePrice = Readonly<v.InferOutput<typeof VolumePrice>>;

/** The model `volume`: more usage may cost less, where it reaches a cheaper tier. Source: docs/pricing.md, "Volume". */
export const volume: Model<VolumePrice> = {
  amount: ({ tiers, per }, quantity) => amountOfTiers([{ tier: tierOf(tiers, quantity), units: quantity }], per),
  atZero: feeAtZero,
};
