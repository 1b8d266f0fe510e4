import { type Decimal, decimalOf, divide } from "@farthing/money";

const quotientDecimals = 18;

/** A quantity as a decimal. */
export function exactOf(quantity: number | Decimal): Decimal {
  return typeof quantity === "number" ? decimalOf(quantity) : quantity;
}

/**
 * The one division of an average, a weighted sum or a prorated value, which are exact till they are shown or billed:
 * 18 decimals, rounded half to even.
 *
 * Source: docs/metering.md, "Aggregations".
 */
export function quotient(dividend: Decimal, divisor: number | bigint): Decimal {
  return divide(dividend, decimalOf(divisor), { scale: quotientDecimals, rounding: "half-even" });
}
