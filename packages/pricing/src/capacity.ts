import { zero } from "@farthing/money";
import * as v from "valibot";
import { PriceText } from "./decimal-text.ts";
import type { Model } from "./model.ts";
import { ratioOf } from "./ratio.ts";
import { tierOf, tiersOf } from "./tiers.ts";
import { usageFields } from "./usage-fields.ts";

/** So much for the highest tier that usage reaches. */
export const CapacityPrice = v.strictObject({
  ...usageFields,
  model: v.literal("capacity"),
  tiers: tiersOf({ amount: PriceText }),
});

/** So much for the highest tier that usage reaches. */
export type CapacityPrice = Readonly<v.InferOutput<typeof CapacityPrice>>;

/** The model `capacity`. Source: docs/pricing.md, "Capacity". */
export const capacity: Model<CapacityPrice> = {
  amount: ({ tiers }, quantity) => ratioOf(tierOf(tiers, quantity).amount),
  atZero: () => zero,
};
