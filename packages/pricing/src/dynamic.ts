import { multiply, one, zero } from "@farthing/money";
import * as v from "valibot";
import { PriceText } from "./decimal-text.ts";
import type { Model } from "./model.ts";
import { ratioOf } from "./ratio.ts";
import { usageFields } from "./usage-fields.ts";

/** What the events say themselves: the meter's value is the amount, in major units of the plan's currency. */
export const DynamicPrice = v.strictObject({
  ...usageFields,
  model: v.literal("dynamic"),
  multiplier: v.exactOptional(PriceText),
});

/** What the events say themselves: the meter's value is the amount, in major units of the plan's currency. */
export type DynamicPrice = Readonly<v.InferOutput<typeof DynamicPrice>>;

/** The model `dynamic`: multiplier × the metered amount. Source: docs/pricing.md, "Dynamic". */
export const dynamic: Model<DynamicPrice> = {
  amount: ({ multiplier = one }, quantity) => ratioOf(multiply(multiplier, quantity)),
  atZero: () => zero,
};
