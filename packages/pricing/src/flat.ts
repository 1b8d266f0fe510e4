import { type Decimal, multiply, one, type Picos, roundToPicos } from "@farthing/money";
import * as v from "valibot";
import { PriceText } from "./decimal-text.ts";
import { KeyText } from "./model.ts";

/** So much a period, whatever was used; charged as the period begins or when it is over. */
export const FlatPrice = v.strictObject({
  key: v.exactOptional(KeyText),
  model: v.literal("flat"),
  amount: PriceText,
  timing: v.picklist(["in_advance", "in_arrears"]),
});

/** So much a period, whatever was used; charged as the period begins or when it is over. */
export type FlatPrice = Readonly<v.InferOutput<typeof FlatPrice>>;

/**
 * Prices periods at `amount` each.
 *
 * Units: periods in, picos out. Exact for whole periods; a part of one rounds the total half to even.
 * Source: docs/pricing.md, "Flat".
 */
export function rateFlat({ amount }: Pick<FlatPrice, "amount">, periods: Decimal = one): Picos {
  return roundToPicos(multiply(amount, periods), "half-even");
}
