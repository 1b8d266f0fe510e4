import {
  type CustomerRef,
  type HourFold,
  hourEnd,
  hourStart,
  type MeterSet,
  type Statement,
  type Tally,
  type TimeRange,
  tallyPart,
} from "@farthing/metering";
import { type ChargeWindow, plannedWindows } from "./charge-window.ts";
import { chargedBy } from "./charged-by.ts";
import { type CoveredRange, coverageOf, intersect, isEmpty } from "./coverage.ts";
import { rowsByEntry } from "./fact-reader.ts";
import { eventsWith, isPriced } from "./priced-cells.ts";
import type { RenderStores } from "./render-seal.ts";
import type { Seal, Seals } from "./seal.ts";
import type { Subscriptions } from "./subscription.ts";

/** What may become of an accepted event. */
export const outcomes = ["billed", "free", "duplicate", "conflict", "unmetered", "voided", "open"] as const;

/** What became of accepted events: each is counted under one of the outcomes. */
export type EventCounts = Record<(typeof outcomes)[number], number>;

/** No events. */
export function noEvents(): EventCounts {
  return { billed: 0, free: 0, duplicate: 0, conflict: 0, unmetered: 0, voided: 0, open: 0 };
}

/** What counting a customer's events reads. */
export interface ConservationStores extends RenderStores {
  readonly seals: Seals;
  readonly subscriptions: Pick<Subscriptions, "subscriptionsOf">;
}

/** Counts what became of the events in a customer's statements of some hours. */
export async function countStatements(
  stores: ConservationStores,
  customer: CustomerRef,
  statements: readonly Statement[],
): Promise<EventCounts> {
  const counts = noEvents();
  if (statements.length === 0) return counts;
  const [seals, subscriptions] = await Promise.all([
    stores.seals.seals(customer),
    stores.subscriptions.subscriptionsOf(customer.merchant, customer.customer),
  ]);
  const charged = chargedBy(seals.at(-1), subscriptions);
  const spans = spansOf(await plannedWindows(stores.plans, customer.merchant, charged));
  for (const statement of statements) await countStatement(stores, { customer, statement, seals, spans }, counts);
  return counts;
}

/** Counts what a roll would make of news now: what counts is open. */
export function countNews(folds: Iterable<HourFold>): EventCounts {
  const counts = noEvents();
  for (const { events, duplicates, conflicts } of folds) {
    counts.open += events.row.length;
    counts.duplicate += duplicates.row.length;
    counts.conflict += conflicts.row.length;
  }
  return counts;
}

/** Adds counts to others. */
export function addCounts(to: EventCounts, from: EventCounts): void {
  for (const name of Object.keys(to) as (keyof EventCounts)[]) to[name] += from[name];
}

interface Span extends TimeRange {
  readonly windows: readonly ChargeWindow[];
}

/** All time, cut where subscriptions begin or end to charge. */
function spansOf(windows: readonly ChargeWindow[]): readonly Span[] {
  const ends = windows.flatMap(({ from, to }) => [from, to]).sort((a, b) => a - b);
  const cuts = [...new Set([Number.NEGATIVE_INFINITY, ...ends, Number.POSITIVE_INFINITY])];
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? Number.POSITIVE_INFINITY;
    return { from, to, windows: windows.filter((window) => window.from <= from && from < window.to) };
  });
}

interface StatementView {
  readonly customer: CustomerRef;
  readonly statement: Statement;
  readonly seals: readonly Seal[];
  readonly spans: readonly Span[];
}

async function countStatement(stores: ConservationStores, view: StatementView, counts: EventCounts): Promise<void> {
  const { statement, seals } = view;
  const struck = seals.flatMap((seal) => seal.struck.filter(({ entry }) => entry === statement.number));
  for (const { verdict } of struck) counts[verdict] += 1;
  counts.duplicate += statement.counts.duplicates;
  counts.conflict += statement.counts.conflicts;
  let covered = 0;
  const steps = seals.map(({ number, frontier, meterRevision }) => ({ seal: number, frontier, meterRevision }));
  for (const range of coverageOf(statement.number, steps))
    covered += await countCovered(stores, view, { range, struck }, counts);
  counts.open += statement.counts.events - struck.length - covered;
}

async function countCovered(
  stores: ConservationStores,
  { customer, statement, spans }: StatementView,
  { range, struck }: { readonly range: CoveredRange; readonly struck: Seal["struck"] },
  counts: EventCounts,
): Promise<number> {
  const hour = { from: hourStart(statement.hour), to: hourEnd(statement.hour) };
  const rows = rowsByEntry(struck).get(statement.number) ?? new Set<number>();
  let covered = 0;
  for (const span of spans) {
    const part = intersect(intersect(range, span), hour);
    if (isEmpty(part)) continue;
    const meters = await stores.meters.metersAt(customer.merchant, range.meterRevision);
    const rolledBy = await stores.meters.metersAt(customer.merchant, statement.meterRevision);
    const tally = await tallyPart(stores.log, customer, statement, { ...part, meters, rolledBy, struck: rows });
    covered += countTally(tally, { windows: span.windows, meters }, counts);
  }
  return covered;
}

function countTally(
  tally: Tally,
  { windows, meters }: { readonly windows: readonly ChargeWindow[]; readonly meters: MeterSet },
  counts: EventCounts,
): number {
  const all = tally.cohorts.reduce((sum, { events }) => sum + events, 0);
  const metered = eventsWith(tally, () => true);
  const billed = eventsWith(tally, (cell) => isPriced(cell, windows, meters));
  counts.billed += billed;
  counts.free += metered - billed;
  counts.unmetered += all - metered;
  return all;
}
