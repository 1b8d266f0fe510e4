import { amountOf, type QuantityPrice } from "./expected-amount.ts";
import { groupOf, isInGroup } from "./expected-values.ts";
import type { SentEvent } from "./facts.ts";
import { compared, type Fraction, halfEven, less, nought, plus, readFraction, times } from "./fraction.ts";
import type { MatrixRule, MeterRule, PercentageRule, UnitPrice } from "./rules.ts";

/** What an invoice has a line for: a price, or one cell of a matrix. */
export interface ExpectedPart {
  readonly key: string;
  readonly meter: string;
  /** Whether usage that the meter takes falls into it. */
  holds(rule: MeterRule, event: SentEvent): boolean;
  /** What it asks for a period: its quantity, and what each event is worth, in order. Units: 10⁻¹² of the currency. */
  amount(quantity: Fraction, transactions: readonly Fraction[]): bigint;
}

/** What a price has lines for. */
export function partsOf(price: UnitPrice): readonly ExpectedPart[] {
  const { key, meter, group, rate } = price;
  if (rate.model === "matrix") return cellsOf(price, rate);
  const holds: ExpectedPart["holds"] = (rule, event) => isInGroup(rule, event, group);
  if (rate.model === "percentage") return [{ key, meter, holds, amount: (_, all) => percentage(rate, all) }];
  const plain: QuantityPrice = { ...price, rate };
  return [{ key, meter, holds, amount: (quantity) => amountOf(plain, quantity) }];
}

function cellsOf({ key, meter }: UnitPrice, { dimension, cells, otherwise }: MatrixRule): readonly ExpectedPart[] {
  const shown = (rule: MeterRule, event: SentEvent) => groupOf(rule, event, dimension);
  const charge = (name: string, unitPrice: string): Pick<ExpectedPart, "key" | "meter" | "amount"> => {
    const plain: QuantityPrice = { key, meter, rate: { model: "per_unit", unitPrice } };
    return { key: `${key}#${name}`, meter, amount: (quantity) => amountOf(plain, quantity) };
  };
  const named = cells.map(({ value, unitPrice }, at) => ({
    ...charge(`${at + 1}`, unitPrice),
    holds: (rule: MeterRule, event: SentEvent) => shown(rule, event) === value,
  }));
  const values = cells.map(({ value }) => value);
  const rest = (rule: MeterRule, event: SentEvent) => !values.includes(shown(rule, event) ?? "");
  return [...named, { ...charge("otherwise", otherwise), holds: rest }];
}

/** Charges one transaction after the other: the first ones are free as long as both allowances last. */
function percentage(rule: PercentageRule, transactions: readonly Fraction[]): bigint {
  let [sum, count, spent] = [0n, 0, nought];
  for (const amount of transactions) {
    const isBack = amount.top < 0n;
    if (!isSpared(rule, count, spent)) sum += isBack ? -fee(rule, negated(amount)) : fee(rule, amount);
    else if (!isBack) {
      const left = rule.freeAmount === undefined ? amount : less(readFraction(rule.freeAmount), spent);
      const free = compared(left, amount) < 0 ? left : amount;
      spent = plus(spent, free);
      if (compared(free, amount) < 0) sum += fee(rule, less(amount, free));
    }
    count += 1;
  }
  return sum;
}

function isSpared({ freeUnits, freeAmount }: PercentageRule, count: number, spent: Fraction): boolean {
  if (freeUnits === undefined && freeAmount === undefined) return false;
  if (freeUnits !== undefined && count >= Number(freeUnits)) return false;
  return freeAmount === undefined || compared(spent, readFraction(freeAmount)) < 0;
}

function fee({ rate, fixed, minimum, maximum }: PercentageRule, amount: Fraction): bigint {
  let asked = plus(times(readFraction(rate), amount), readFraction(fixed));
  if (minimum !== undefined && compared(asked, readFraction(minimum)) < 0) asked = readFraction(minimum);
  if (maximum !== undefined && compared(asked, readFraction(maximum)) > 0) asked = readFraction(maximum);
  return halfEven(times(asked, { top: 10n ** 12n, bottom: 1n }));
}

function negated({ top, bottom }: Fraction): Fraction {
  return { top: -top, bottom };
}
