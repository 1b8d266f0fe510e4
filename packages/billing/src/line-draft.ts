import {
  chargeMeter,
  type Meter,
  type MeterSet,
  type MeterState,
  stateOf,
  type Tally,
  type ValueWindow,
} from "@farthing/metering";
import {
  type Decimal,
  isCurrency,
  isZero,
  minus,
  noMoney,
  one,
  type Picos,
  roundToPicos,
  subtract,
  sum,
  zero,
} from "@farthing/money";
import { type FlatPrice, isMetered, type MeteredPrice, partsOf, rateFlat } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import { commitmentsOf } from "./commitment-lines.ts";
import type { CoveredTally } from "./fact-reader.ts";
import { chargeKey, described, keyOf } from "./line-key.ts";
import { stateOfPart, usageOf } from "./priced-cells.ts";
import type { LineKey, SealedLine } from "./seal.ts";
import { type Charged, lineKeyText } from "./seal-chain.ts";
import type { TransactionTotals } from "./transaction-totals.ts";

/** A line before its invoice is rounded: only its shown amount is missing. */
export type LineDraft = Omit<SealedLine, "amount" | "id">;

/** A period of a window, with the covered facts in it, by the meter set that they were billed with. */
export interface PeriodFacts {
  readonly period: { readonly from: number; readonly to: number };
  /** What of the period is charged for: all that the subscription holds. */
  readonly held: ValueWindow;
  readonly tallies: readonly CoveredTally[];
  /** The covered facts before it, of meters that carry values on. */
  readonly carried: readonly CoveredTally[];
  readonly sets: ReadonlyMap<number, MeterSet>;
  /** The period was over at the last seal. */
  readonly wasOver: boolean;
  /** What the subscription holds of the period is over at this seal. */
  readonly isOver: boolean;
  readonly transactions: TransactionTotals;
}

/** What lines continue from. */
export interface ChargedSoFar {
  charged(key: LineKey): Charged;
  linesOf(subscription: string | null, periodFrom: number): readonly SealedLine[];
}

/** The lines of a subscription's metered prices for one period: what they come to now less what was charged. */
export function usageLines(window: ChargeWindow, facts: PeriodFacts, before: ChargedSoFar): readonly LineDraft[] {
  const totals = window.plan.prices.filter(isMetered).flatMap((price) => totalsOf(window, price, facts));
  const kept = new Set(totals.map(({ key }) => lineKeyText(key)));
  const gone = before
    .linesOf(window.subscription.id, facts.period.from)
    .filter(({ meter, key }) => meter !== undefined && !kept.has(lineKeyText(key)));
  return [...totals.flatMap((total) => continued(total, before)), ...takenBack(gone, before)];
}

function totalsOf(window: ChargeWindow, price: MeteredPrice, facts: PeriodFacts): readonly LineTotal[] {
  const { period, held, isOver, transactions } = facts;
  const late = facts.wasOver ? { kind: "adjustment" as const } : {};
  const usage = partsOf(price).flatMap((part) =>
    generationsOf(price.meter, facts).map((generation): LineTotal => {
      const { meter } = generation;
      const quantity = measured(generation, held, (tallies) => stateOfPart(part, meter, tallies));
      const key = keyOf(window, part.key, { ...period, meterRevision: meter.revision });
      const exact = part.price.model === "percentage" ? transactions(part, meter) : usageOf(part.price, quantity);
      return { key, kind: "usage", quantity, exact, ...described(part.group, meter), ...late };
    }),
  );
  const charged = sum(usage.map(({ exact }) => exact));
  const beside = commitmentsOf(window, price, { period, isOver, usage: charged });
  return [...usage, ...beside.map((line) => ({ ...line, ...late }))];
}

/** The lines that take back all that others charged, where nothing is left to charge for under their key. */
export function takenBack(lines: readonly SealedLine[], before: ChargedSoFar): readonly LineDraft[] {
  return lines.flatMap(({ key, description, meter, group }) => {
    const named = { ...(meter === undefined ? {} : { meter }), ...(group === undefined ? {} : { group }) };
    return continued({ key, kind: "adjustment", quantity: zero, exact: noMoney, description, ...named }, before);
  });
}

/** The lines of direct charges for one month, one a currency. */
export function chargeLines(facts: PeriodFacts, before: ChargedSoFar): readonly LineDraft[] {
  const tallies = facts.tallies.map(({ tally }) => tally);
  const inFacts = tallies.flatMap(({ cells }) => cells.filter(({ meter }) => meter === chargeMeter.key));
  const known = before.linesOf(null, facts.period.from).map(({ key }) => key.currency);
  const currencies = [...new Set([...inFacts.map(({ group }) => group[0] ?? ""), ...known])].filter(isCurrency).sort();
  return currencies.flatMap((currency) => {
    const own = { meter: chargeMeter, tallies, carried: [] };
    const quantity = measured(own, facts.held, (all) => stateOf(all, chargeMeter, { currency }));
    const key = chargeKey(facts.period, currency);
    const kind = facts.wasOver ? "adjustment" : "charges";
    const exact = roundToPicos(quantity, "half-even");
    return continued({ key, kind, quantity, exact, meter: chargeMeter.key, description: "Direct charges" }, before);
  });
}

/** The line of a flat price for one period; nothing where it was charged already. */
export function flatLine(
  window: ChargeWindow,
  price: FlatPrice & { readonly key: string },
  period: PeriodFacts["period"],
  before: ChargedSoFar,
): readonly LineDraft[] {
  const key = keyOf(window, price.key, { ...period, meterRevision: 0 });
  return continued({ key, kind: "flat", quantity: one, exact: rateFlat(price), description: price.key }, before);
}

/** What a line's key comes to. */
type LineTotal = Omit<LineDraft, "chargedExact" | "chargedQuantity" | "quantity"> & { readonly quantity: Decimal };

function continued(total: LineTotal, before: ChargedSoFar): readonly LineDraft[] {
  const so = before.charged(total.key);
  const quantity = subtract(total.quantity, so.quantity);
  const exact = minus(total.exact, so.exact);
  if (isZero(quantity) && exact === 0n) return [];
  return [{ ...total, quantity, exact, chargedQuantity: total.quantity, chargedExact: total.exact as Picos }];
}

interface Generation {
  readonly meter: Meter;
  readonly tallies: readonly Tally[];
  readonly carried: readonly Tally[];
}

/** What a meter measured; nought where its aggregation has no value. */
function measured(
  { tallies, carried }: Generation,
  held: ValueWindow,
  stateIn: (tallies: readonly Tally[]) => MeterState,
): Decimal {
  return stateIn(tallies).value(held, stateIn(carried)) ?? zero;
}

/** Facts by the definition of a meter that they were billed with: those of different definitions are never added. */
function generationsOf(key: string, { tallies, carried, sets }: PeriodFacts): readonly Generation[] {
  const byRevision = new Map<number, { meter: Meter; tallies: Tally[]; carried: Tally[] }>();
  const place = (all: readonly CoveredTally[], part: "tallies" | "carried") => {
    for (const { meterRevision, tally } of all) {
      const meter = sets.get(meterRevision)?.meters.find((candidate) => candidate.key === key);
      if (meter === undefined || (part === "carried" && !tally.cells.some((cell) => cell.meter === key))) continue;
      const generation = byRevision.get(meter.revision) ?? { meter, tallies: [], carried: [] };
      generation[part].push(tally);
      byRevision.set(meter.revision, generation);
    }
  };
  place(tallies, "tallies");
  place(carried, "carried");
  return [...byRevision.values()].sort((a, b) => a.meter.revision - b.meter.revision);
}
