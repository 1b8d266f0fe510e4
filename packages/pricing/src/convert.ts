import { type Decimal, decimalOf, divide, divideRounded, multiply, type Rounding } from "@farthing/money";
import * as v from "valibot";
import { PositiveText } from "./decimal-text.ts";

/** Turns what a meter counts into what a price is for, such as bytes into gigabytes; `round` makes whole units of it. */
export const Convert = v.strictObject({
  by: PositiveText,
  op: v.picklist(["divide", "multiply"]),
  round: v.exactOptional(v.picklist(["up", "down", "half_even", "none"])),
});

/** Turns what a meter counts into what a price is for, such as bytes into gigabytes; `round` makes whole units of it. */
export type Convert = Readonly<v.InferOutput<typeof Convert>>;

/** More than any amount can show: an unrounded quotient is as good as exact. */
const quotientDecimals = 30;

const roundings = { up: "up", down: "down", half_even: "half-even" } as const satisfies Readonly<
  Record<string, Rounding>
>;

/**
 * Converts a period's total, once: divided or multiplied, then rounded to whole units where the conversion says so; `up` is
 * away from nought. An unrounded quotient has 30 decimals, half to even.
 *
 * Source: docs/pricing.md, "Conversion".
 */
export function convertQuantity(quantity: Decimal, convert: Convert | undefined): Decimal {
  if (convert === undefined) return quantity;
  const { by, op, round = "none" } = convert;
  if (op === "multiply") return wholeUnits(multiply(quantity, by), round);
  if (round === "none") return divide(quantity, by, { scale: quotientDecimals, rounding: "half-even" });
  return divide(quantity, by, { scale: 0, rounding: roundings[round] });
}

function wholeUnits(quantity: Decimal, round: NonNullable<Convert["round"]>): Decimal {
  if (round === "none") return quantity;
  return decimalOf(divideRounded(quantity.digits, 10n ** BigInt(quantity.scale), roundings[round]));
}
