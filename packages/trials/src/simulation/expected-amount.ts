import {
  compared,
  type Fraction,
  halfEven,
  less,
  nought,
  over,
  plus,
  readFraction,
  single,
  times,
} from "./fraction.ts";
import type { ConvertRule, QuantityRule, TierRule, UnitPrice } from "./rules.ts";

const whole: Fraction = { top: 10n ** 12n, bottom: 1n };

/** A price of which a quantity alone tells the amount. */
export type QuantityPrice = UnitPrice & { readonly rate: QuantityRule };

/** What a price asks for a period's quantity. Units: 10⁻¹² of the currency; rounded once, half to even. */
export function amountOf(price: QuantityPrice, quantity: Fraction): bigint {
  // A quantity below nought takes back what the same one above it costs.
  if (quantity.top < 0n) return -amountOf(price, { top: -quantity.top, bottom: quantity.bottom });
  const { freeUnits = "0", discount = "0", maximum } = price;
  const left = less(converted(quantity, price.convert), readFraction(freeUnits));
  const amount = times(asked(price, larger(left, nought)), less(single, readFraction(discount)));
  const capped = maximum === undefined ? amount : smaller(amount, readFraction(maximum));
  return halfEven(times(capped, whole));
}

function asked({ rate, per = "1" }: QuantityPrice, quantity: Fraction): Fraction {
  if (quantity.top === 0n) return nought;
  if (rate.model === "package")
    return times(readFraction(rate.amount), ceiling(over(quantity, readFraction(rate.size))));
  if (rate.model === "dynamic") return times(readFraction(rate.multiplier), quantity);
  if (rate.model === "capacity") return readFraction(reached(rate.tiers, quantity).amount);
  if (rate.model === "graduated_percentage") return stepped(rate.tiers, quantity);
  const by = readFraction(per);
  if (rate.model === "per_unit") return over(times(readFraction(rate.unitPrice), quantity), by);
  return rate.model === "graduated" ? graduated(rate.tiers, quantity, by) : volume(rate.tiers, quantity, by);
}

function graduated(tiers: readonly TierRule[], quantity: Fraction, per: Fraction): Fraction {
  let [sum, bound] = [nought, nought];
  for (const { upTo, unitPrice, flat } of tiers) {
    if (compared(quantity, bound) <= 0) break;
    const end = upTo === null ? quantity : smaller(quantity, readFraction(upTo));
    sum = plus(sum, plus(over(times(readFraction(unitPrice), less(end, bound)), per), readFraction(flat)));
    bound = end;
  }
  return sum;
}

/** The tier that a quantity lies in. */
function reached<Tier extends { readonly upTo: string | null }>(tiers: readonly Tier[], quantity: Fraction): Tier {
  const tier = tiers.find(({ upTo }) => upTo === null || compared(quantity, readFraction(upTo)) <= 0);
  if (tier === undefined) throw new Error("the last tier is open");
  return tier;
}

function stepped(
  tiers: readonly { readonly upTo: string | null; readonly rate: string; readonly fixed: string }[],
  quantity: Fraction,
): Fraction {
  const units = tiers.map(({ rate, fixed, upTo }) => ({ upTo, unitPrice: rate, flat: fixed }));
  return graduated(units, quantity, single);
}

function volume(tiers: readonly TierRule[], quantity: Fraction, per: Fraction): Fraction {
  const tier = reached(tiers, quantity);
  return plus(over(times(readFraction(tier.unitPrice), quantity), per), readFraction(tier.flat));
}

function converted(quantity: Fraction, convert: ConvertRule | undefined): Fraction {
  if (convert === undefined) return quantity;
  const by = readFraction(convert.by);
  const exact = convert.op === "multiply" ? times(quantity, by) : over(quantity, by);
  if (convert.round === "up") return ceiling(exact);
  if (convert.round === "down") return { top: exact.top / exact.bottom, bottom: 1n };
  if (convert.round === "half_even") return { top: halfEven(exact), bottom: 1n };
  if (convert.op === "multiply") return exact;
  const scale = 10n ** 30n;
  return { top: halfEven(times(exact, { top: scale, bottom: 1n })), bottom: scale };
}

function ceiling({ top, bottom }: Fraction): Fraction {
  return { top: (top + bottom - 1n) / bottom, bottom: 1n };
}

function larger(a: Fraction, b: Fraction): Fraction {
  return compared(a, b) > 0 ? a : b;
}

function smaller(a: Fraction, b: Fraction): Fraction {
  return compared(a, b) < 0 ? a : b;
}
