import { multiply, zero } from "@farthing/money";
import * as v from "valibot";
import { PositiveText, PriceText } from "./decimal-text.ts";
import type { Model } from "./model.ts";
import { ratioOf } from "./ratio.ts";
import { usageFields } from "./usage-fields.ts";

/** So much a unit of a meter, or so much for `per` units. */
export const PerUnitPrice = v.strictObject({
  ...usageFields,
  model: v.literal("per_unit"),
  unitPrice: PriceText,
  per: v.exactOptional(PositiveText),
});

/** So much a unit of a meter, or so much for `per` units. */
export type PerUnitPrice = Readonly<v.InferOutput<typeof PerUnitPrice>>;

/** The model `per_unit`: unitPrice × quantity ÷ per. Source: docs/pricing.md, "Per unit". */
export const perUnit: Model<PerUnitPrice> = {
  amount: ({ unitPrice, per }, quantity) => ratioOf(multiply(unitPrice, quantity), per),
  atZero: () => zero,
};
