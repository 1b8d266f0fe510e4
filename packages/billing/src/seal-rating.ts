import {
  type CustomerRef,
  chargeMeter,
  type Statement,
  type StruckFact,
  type Tally,
  type TimeRange,
} from "@farthing/metering";
import { type Carry, carriedPeriods, carryOf } from "./carried-facts.ts";
import type { ChargeWindow } from "./charge-window.ts";
import type { CollectTerms } from "./collect-rule.ts";
import { committedPeriods } from "./committed-periods.ts";
import { type FactStores, type FactView, statementsIn } from "./fact-reader.ts";
import { flatLines, flatsFrom } from "./flat-lines.ts";
import { chargeLines, type LineDraft, type PeriodFacts, takenBack, usageLines } from "./line-draft.ts";
import { periodFacts } from "./period-facts.ts";
import { askedOnce, eventsWith, isPriced } from "./priced-cells.ts";
import type { Frontier } from "./seal.ts";
import type { SealChain } from "./seal-chain.ts";
import { within } from "./stretches.ts";
import { isHeld, linesTakenOver, periodsTakenOver } from "./taken-over.ts";
import { type Touched, touchedPeriods, withoutRepeats } from "./touched-period.ts";
import { moveOf, type WindowMove } from "./window-move.ts";

/** What is rated for a seal. */
export interface RatingOrder {
  readonly customer: CustomerRef;
  readonly chain: SealChain;
  readonly number: number;
  readonly last: Frontier;
  readonly next: Frontier;
  readonly meterRevision: number;
  readonly windows: readonly ChargeWindow[];
  /** Stretches of event time whose facts are new, or have another verdict. */
  readonly stretches: readonly TimeRange[];
  /** The zone of the months of direct charges. */
  readonly timezone: string;
  /** What has changed since the last seal of when subscriptions charge in sealed time. */
  readonly moves: readonly WindowMove[];
  readonly struck: readonly StruckFact[];
  /** The customer's own policy of asking for money; its plan's where it says nothing. */
  readonly collect?: CollectTerms | undefined;
}

/** The lines of a seal, and how many events it bills first in each currency, or first by a new subscription. */
export interface Rated {
  readonly lines: readonly LineDraft[];
  readonly events: ReadonlyMap<string, number>;
}

/** Rates every period that something new falls into: all its facts under the new frontier, less what was charged. */
export async function rateSeal(stores: FactStores, order: RatingOrder): Promise<Rated> {
  const over = await linesTakenOver(order);
  const carry = await carryOf(stores, order);
  const touched = withoutRepeats([
    ...periodsTakenOver(over, order),
    ...touchedPeriods(order),
    ...committedPeriods(order),
    ...carriedPeriods(order, carry),
  ]);
  const view = await viewOf(stores, order, { touched, carry });
  const events = new Map<string, number>();
  await order.chain.since({ time: flatsFrom(order), entry: Number.POSITIVE_INFINITY });
  const lines = order.windows.flatMap((window) => flatLines(order, window));
  const dropped = over.filter((line) => line.meter === undefined && !isHeld(line, order.windows));
  lines.push(...takenBack(dropped, order.chain));
  for (const one of touched) {
    const { window } = one;
    if (window === undefined && !hasCharges(view, one, order)) continue;
    const facts = await periodFacts(stores, order, { view, touched: one, carry });
    lines.push(...(window === undefined ? chargeLines(facts, order.chain) : usageLines(window, facts, order.chain)));
    countBilled(events, window, facts);
  }
  return { lines, events };
}

/** Whether there are direct charges in a month, or were on an invoice before: most customers have none. */
function hasCharges({ statements }: FactView, { period, range }: Touched, { chain }: RatingOrder): boolean {
  if (chain.linesOf(null, period.from).length > 0) return true;
  return statements.some(
    ({ first, last, tally }) =>
      first < range.to && last >= range.from && tally.cells.some(({ meter }) => meter === chargeMeter.key),
  );
}

async function viewOf(
  stores: FactStores,
  order: RatingOrder,
  { touched, carry }: { readonly touched: readonly Touched[]; readonly carry: Carry },
): Promise<FactView> {
  const lost = touched.flatMap(({ window, period }) => within(moveOf(order.moves, window).lost, period));
  const ranges = [...touched.map(({ range }) => range), ...lost];
  const from = Math.min(carry.first, ...ranges.map((range) => range.from));
  const to = Math.max(...ranges.map((range) => range.to));
  const statements: readonly Statement[] =
    touched.length === 0 ? [] : await statementsIn(stores, order.customer, { from, to });
  const entry = Math.min(order.last.entry + 1, ...statements.map(({ number }) => number));
  const seals = await order.chain.since({ time: from, entry });
  const steps = seals.map(({ number, frontier, meterRevision }) => ({ seal: number, frontier, meterRevision }));
  const now = { seal: order.number, frontier: order.next, meterRevision: order.meterRevision };
  const struck = [...seals.flatMap((seal) => seal.struck), ...order.struck];
  return { customer: order.customer, steps: [...steps, now], struck, statements };
}

/** Counts the events that a window's plan charges for, or, without a window, direct charges by their currency. */
function countBilled(
  events: Map<string, number>,
  window: ChargeWindow | undefined,
  { changed, sets }: Pick<PeriodFacts, "changed" | "sets">,
): void {
  const count = (currency: string, number: number) => events.set(currency, (events.get(currency) ?? 0) + number);
  if (window === undefined) {
    for (const { tally } of changed.added) countCharges(tally, count);
    return;
  }
  const priced = new Map(
    [...sets].map(([revision, set]) => [
      revision,
      askedOnce((cell) => cell.meter !== chargeMeter.key && isPriced(cell, [window], set)),
    ]),
  );
  for (const { tally, meterRevision } of changed.added) {
    const isBilled = priced.get(meterRevision);
    if (isBilled !== undefined) count(window.plan.currency, eventsWith(tally, isBilled));
  }
}

function countCharges(tally: Tally, count: (currency: string, number: number) => void): void {
  for (const currency of new Set(
    tally.cells.filter(({ meter }) => meter === chargeMeter.key).map(({ group }) => group[0]),
  )) {
    count(
      currency ?? "",
      eventsWith(tally, (cell) => cell.meter === chargeMeter.key && cell.group[0] === currency),
    );
  }
}
