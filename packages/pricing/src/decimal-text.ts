import { compare, type Decimal, one, parseDecimal } from "@farthing/money";
import * as v from "valibot";

const priceDecimals = 12;

const Exact = v.pipe(
  v.string('A decimal is written as text, such as "0.0004".'),
  v.regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, "Not a decimal number."),
  v.rawTransform<string, Decimal>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseDecimal(dataset.value);
    if (parsed.ok) return parsed.value;
    addIssue({ message: "A decimal has at most 30 digits." });
    return NEVER;
  }),
);

/** A price or an amount on a plan: a decimal from nought with at most 12 decimals. Units: the plan's currency, major units. */
export const PriceText = v.pipe(
  Exact,
  v.check(({ digits }) => digits >= 0n, "A price is not negative."),
  v.check(({ scale }) => scale <= priceDecimals, "A price has at most 12 decimals; use `per` for a finer one."),
);

/** A decimal above nought, such as the number of units that a price is for. */
export const PositiveText = v.pipe(
  Exact,
  v.check(({ digits }) => digits > 0n, "This is more than nought."),
);

/** A quantity from nought, such as an allowance. */
export const QuantityText = v.pipe(
  Exact,
  v.check(({ digits }) => digits >= 0n, "A quantity is not negative."),
);

/** A share of an amount as a decimal from nought with at most 12 decimals: "0.029" is 2.9 percent. */
export const RateText = v.pipe(
  Exact,
  v.check(({ digits }) => digits >= 0n, "A rate is not negative."),
  v.check(({ scale }) => scale <= priceDecimals, "A rate has at most 12 decimals."),
);

/** A part of a whole: a rate of at most 1. */
export const PartText = v.pipe(
  RateText,
  v.check((part) => compare(part, one) <= 0, "A part is at most 1."),
);
