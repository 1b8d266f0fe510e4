import {
  add,
  compare,
  type Decimal,
  decimalOf,
  multiply,
  negate,
  one,
  type Picos,
  picosFrom,
  roundToPicos,
  subtract,
  zero,
} from "@farthing/money";
import * as v from "valibot";
import { PartText, PriceText, QuantityText, RateText } from "./decimal-text.ts";
import { scopeFields } from "./usage-fields.ts";

/**
 * A share of each transaction's amount, with a fixed part. `freeUnits`, `freeAmount`, `minimum` and `maximum` are of
 * transactions; the period's limits have names of their own.
 */
export const PercentagePrice = v.strictObject({
  ...scopeFields,
  model: v.literal("percentage"),
  rate: RateText,
  fixed: v.exactOptional(PriceText),
  freeUnits: v.exactOptional(
    v.pipe(
      QuantityText,
      v.check(({ scale }) => scale === 0, "Free units of a percentage are whole transactions."),
    ),
  ),
  freeAmount: v.exactOptional(QuantityText),
  minimum: v.exactOptional(PriceText),
  maximum: v.exactOptional(PriceText),
  discount: v.exactOptional(PartText),
  periodMinimum: v.exactOptional(PriceText),
  periodMaximum: v.exactOptional(PriceText),
});

/** A share of each transaction's amount, with a fixed part. */
export type PercentagePrice = Readonly<v.InferOutput<typeof PercentagePrice>>;

/** What a run of transactions came to, and how much of the allowance it took. Units: `free` in major units. */
export interface Transactions {
  readonly count: number;
  readonly free: Decimal;
  readonly charged: Picos;
}

/** No transactions. */
export const noTransactions: Transactions = { count: 0, free: zero, charged: picosFrom(0n) };

/**
 * Adds a transaction to those before it; it rounds once, half to even. One below nought takes back what the same one above
 * nought costs without an allowance, but nothing while the allowance lasts, of which it takes no amount.
 *
 * Units: the amount in major units. Source: docs/pricing.md, "Percentage".
 */
export function addTransaction(price: PercentagePrice, before: Transactions, amount: Decimal): Transactions {
  const isBack = amount.digits < 0n;
  const isSpared = allowanceLeft(price, before);
  const free = isSpared && !isBack ? freePart(price, before, amount) : zero;
  const isFree = isSpared && (isBack || compare(free, amount) >= 0);
  const fee = isFree ? 0n : feeWithoutAllowance(price, subtract(amount, free));
  return { count: before.count + 1, free: add(before.free, free), charged: picosFrom(before.charged + fee) };
}

/** What a transaction costs that comes after the allowance is used up. Units: the amount in major units, picos out. */
export function feeWithoutAllowance(price: PercentagePrice, amount: Decimal): Picos {
  const fee = feeOf(price, amount.digits < 0n ? negate(amount) : amount);
  return picosFrom(amount.digits < 0n ? -fee : fee);
}

/** Whether a next transaction may still be free in whole or in part. */
export function allowanceLeft({ freeUnits, freeAmount }: PercentagePrice, { count, free }: Transactions): boolean {
  if (freeUnits === undefined && freeAmount === undefined) return false;
  if (freeUnits !== undefined && compare(decimalOf(count), freeUnits) >= 0) return false;
  return freeAmount === undefined || compare(free, freeAmount) < 0;
}

/** What the transactions of a period come to, the period's maximum held. */
export function chargedFor({ periodMaximum }: PercentagePrice, { charged }: Transactions): Picos {
  if (periodMaximum === undefined) return charged;
  const most = roundToPicos(periodMaximum, "half-even");
  return charged > most ? most : charged;
}

/** How much of a transaction from nought an allowance that is left takes. */
function freePart({ freeAmount }: PercentagePrice, { free }: Transactions, amount: Decimal): Decimal {
  const left = freeAmount === undefined ? amount : subtract(freeAmount, free);
  return compare(left, amount) < 0 ? left : amount;
}

function feeOf({ rate, fixed = zero, minimum, maximum, discount = zero }: PercentagePrice, amount: Decimal): bigint {
  const fee = add(multiply(rate, amount), fixed);
  const least = minimum !== undefined && compare(fee, minimum) < 0 ? minimum : fee;
  const held = maximum !== undefined && compare(least, maximum) > 0 ? maximum : least;
  return roundToPicos(multiply(held, subtract(one, discount)), "half-even");
}
