import { type Cell, chargeMeter, type MeterSet, stateOf, type Tally, type ValueWindow } from "@farthing/metering";
import {
  compare,
  type Decimal,
  isCurrency,
  isZero,
  minus,
  multiply,
  noMoney,
  one,
  type Picos,
  roundToPicos,
  subtract,
  sum,
  zero,
} from "@farthing/money";
import { type FlatPrice, isMetered, type MeteredPrice, partsOf, rateFlat } from "@farthing/pricing";
import type { ChangedTallies } from "./changed-facts.ts";
import type { ChargeWindow } from "./charge-window.ts";
import { commitmentsOf } from "./commitment-lines.ts";
import { isEmpty } from "./coverage.ts";
import type { CoveredTally } from "./fact-reader.ts";
import { chargeKey, described, keyOf } from "./line-key.ts";
import { type Generation, generationsOf, measured } from "./meter-generation.ts";
import { periodShare } from "./period-share.ts";
import { hasUsage, stateOfPart, usageOf } from "./priced-cells.ts";
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
  /** Those that this seal charges for first, or no longer: a line of theirs stays, also where it comes to nothing. */
  readonly changed: ChangedTallies;
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
  const totals = isEmpty(facts.held)
    ? []
    : window.plan.prices.filter(isMetered).flatMap((price) => totalsOf(window, price, facts));
  const kept = new Set(totals.map(({ key }) => lineKeyText(key)));
  const gone = before
    .linesOf(window.key, facts.period.from)
    .filter(({ meter, key }) => meter !== undefined && !kept.has(lineKeyText(key)));
  const left = gone.flatMap((line) => {
    const isChanged = changesKey(window, facts, line);
    return takenBackOne(line, before, isChanged);
  });
  return [...totals.flatMap((total) => continued(total, before)), ...left];
}

/** Whether facts of a line are charged for first by this seal, or no longer. */
function changesKey({ plan }: ChargeWindow, facts: PeriodFacts, { key, meter }: SealedLine): boolean {
  const parts = plan.prices.filter(isMetered).flatMap(partsOf);
  const part = parts.find((one) => one.key === key.price);
  const changed = changedBy(meter ?? "", facts).find((one) => one.meter.revision === key.meterRevision);
  return part !== undefined && changed !== undefined && hasUsage(part, changed.meter, changed.tallies);
}

/** The facts of each definition of a meter that this seal charges for first, or no longer. */
function changedBy(meter: string, { changed, sets }: PeriodFacts): readonly Generation[] {
  return generationsOf(meter, { tallies: [...changed.added, ...changed.gone], carried: [], sets });
}

function totalsOf(window: ChargeWindow, price: MeteredPrice, facts: PeriodFacts): readonly LineTotal[] {
  const { period, held, isOver, transactions } = facts;
  const late = facts.wasOver ? { kind: "adjustment" as const } : {};
  const changed = new Map(changedBy(price.meter, facts).map(({ meter, tallies }) => [meter.revision, tallies]));
  const usage = partsOf(price).flatMap((part) =>
    generationsOf(price.meter, facts).map((generation): LineTotal => {
      const { meter } = generation;
      const isChanged = hasUsage(part, meter, changed.get(meter.revision) ?? []);
      const quantity = measured(generation, held, (tallies) => stateOfPart(part, meter, tallies));
      const key = keyOf(window, part.key, { ...period, meterRevision: meter.revision });
      const exact = part.price.model === "percentage" ? transactions(part, meter) : usageOf(part.price, quantity);
      return { key, kind: "usage", quantity, exact, ...described(part.group, meter), ...late, isChanged };
    }),
  );
  const charged = sum(usage.map(({ exact }) => exact));
  const beside = commitmentsOf(window, price, { period, isOver, usage: charged });
  return [...usage, ...beside.map((line) => ({ ...line, ...late }))];
}

/** The lines that take back all that others charged, where nothing is left to charge for under their key. */
export function takenBack(lines: readonly SealedLine[], before: ChargedSoFar): readonly LineDraft[] {
  return lines.flatMap((line) => takenBackOne(line, before, false));
}

function takenBackOne(
  { key, description, meter, group }: SealedLine,
  before: ChargedSoFar,
  isChanged: boolean,
): readonly LineDraft[] {
  const named = { ...(meter === undefined ? {} : { meter }), ...(group === undefined ? {} : { group }) };
  const total = { key, kind: "adjustment" as const, quantity: zero, exact: noMoney, description, ...named, isChanged };
  return continued(total, before);
}

/** The lines of direct charges for one month, one a currency. */
export function chargeLines(facts: PeriodFacts, before: ChargedSoFar): readonly LineDraft[] {
  const tallies = facts.tallies.map(({ tally }) => tally);
  const inFacts = tallies.flatMap(chargeCells);
  const changed = new Set(
    [...facts.changed.added, ...facts.changed.gone]
      .flatMap(({ tally }) => chargeCells(tally))
      .map(({ group }) => group[0]),
  );
  const known = before.linesOf(null, facts.period.from).map(({ key }) => key.currency);
  const currencies = [...new Set([...inFacts.map(({ group }) => group[0] ?? ""), ...known])].filter(isCurrency).sort();
  return currencies.flatMap((currency) => {
    const quantity = measured({ tallies, carried: [] }, facts.held, (all) => stateOf(all, chargeMeter, { currency }));
    const key = chargeKey(facts.period, currency);
    const kind = facts.wasOver ? "adjustment" : "charges";
    const exact = roundToPicos(quantity, "half-even");
    const isChanged = changed.has(currency);
    const named = { meter: chargeMeter.key, description: "Direct charges" };
    return continued({ key, kind, quantity, exact, ...named, isChanged }, before);
  });
}

function chargeCells({ cells }: Tally): readonly Cell[] {
  return cells.filter(({ meter }) => meter === chargeMeter.key);
}

/** The line of a flat price for the part of a period that is owed; nothing where it was charged already. */
export function flatLine(
  window: ChargeWindow,
  price: FlatPrice & { readonly key: string },
  period: PeriodFacts["period"],
  before: ChargedSoFar,
): readonly LineDraft[] {
  const key = keyOf(window, price.key, { ...period, meterRevision: 0 });
  const part = periodShare(window, period);
  const { quantity: times = one } = window.subscription;
  const quantity = part.of.digits === 0n ? zero : times;
  const description = compare(part.of, part.per) < 0 ? `${price.key}, prorated` : price.key;
  return continued(
    { key, kind: "flat", quantity, exact: rateFlat(price, { ...part, of: multiply(part.of, times) }), description },
    before,
  );
}

/** What a line's key comes to, and whether facts of it changed, which leaves a line even where the sums stay. */
type LineTotal = Omit<LineDraft, "chargedExact" | "chargedQuantity" | "quantity"> & {
  readonly quantity: Decimal;
  readonly isChanged?: boolean;
};

function continued({ isChanged = false, ...total }: LineTotal, before: ChargedSoFar): readonly LineDraft[] {
  const so = before.charged(total.key);
  const quantity = subtract(total.quantity, so.quantity);
  const exact = minus(total.exact, so.exact);
  if (isZero(quantity) && exact === 0n && !isChanged) return [];
  return [{ ...total, quantity, exact, chargedQuantity: total.quantity, chargedExact: total.exact as Picos }];
}
