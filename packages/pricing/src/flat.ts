import { multiply, type Picos } from "@farthing/money";
import * as v from "valibot";
import { PriceText } from "./decimal-text.ts";
import { KeyText } from "./model.ts";
import { type Ratio, roundRatio } from "./ratio.ts";

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
 * Prices a part of a period, or several periods, at `amount` for a whole one.
 *
 * Units: periods in, picos out. Rounds once, half to even, where it does not come out even.
 * Source: docs/pricing.md, "Flat".
 */
export function rateFlat({ amount }: Pick<FlatPrice, "amount">, { of, per }: Ratio): Picos {
  return roundRatio({ of: multiply(amount, of), per });
}
