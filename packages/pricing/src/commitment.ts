import { type Decimal, multiply, noMoney, type Picos, picosFrom, zero } from "@farthing/money";
import { noTransactions, type PercentagePrice } from "./percentage.ts";
import type { MeteredPrice } from "./price.ts";
import { type QuantityPrice, rate } from "./rate.ts";
import { type Ratio, roundRatio } from "./ratio.ts";

/** The least that a price's usage of one period comes to, in major units; undefined where it commits to nothing. */
export function minimumOf(price: MeteredPrice): Decimal | undefined {
  const minimum = price.model === "percentage" ? price.periodMinimum : price.minimum;
  return minimum === undefined || minimum.digits === 0n ? undefined : minimum;
}

/** What a price charges for a period without any usage. Units: picos. */
export function baseOf(price: QuantityPrice | PercentagePrice): Picos {
  return price.model === "percentage" ? noTransactions.charged : rate(price, zero);
}

/**
 * What brings a period's charges up to the commitment: nothing where they reach it. Of a period held in part, that part of
 * the commitment is owed; it rounds once, half to even.
 *
 * Units: the minimum in major units, `part` of the period between 0 and 1, charges in picos.
 * Source: docs/pricing.md, "Commitments".
 */
export function trueUp(minimum: Decimal, { charged, part }: { readonly charged: Picos; readonly part: Ratio }): Picos {
  const owed = roundRatio({ of: multiply(minimum, part.of), per: part.per });
  return owed > charged ? picosFrom(owed - charged) : noMoney;
}
