import type { Selection } from "./codec/bundle.ts";
import { type MeterSet, metersOf } from "./meter.ts";
import { eventsPerPage, pagesOf } from "./pages.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";
import type { Tally } from "./tally.ts";
import { MeterReader, MeterReaders, TallyBuilder } from "./tally-builder.ts";

/** A stretch of event time, `from ≤ time < to`. Units: milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Which of a statement's events to fold, and by what. `rolledBy` is the meter set that its own tally was made with. */
export interface TallyPart extends TimeRange {
  readonly meters: MeterSet;
  readonly rolledBy: MeterSet;
  /** Rows that do not count. */
  readonly struck: ReadonlySet<number>;
}

/** Folds a statement's events within a range; reads its rows only where its own tally does not answer. */
export async function tallyPart(
  log: StatementLog,
  customer: CustomerRef,
  statement: Statement,
  part: TallyPart,
): Promise<Tally> {
  if (answers(statement, part)) return statement.tally;
  const builder = new TallyBuilder(part.meters);
  let start = 0;
  for (const { page, events } of eventsPerPage(await pagesOf(log, customer, statement), statement.counts.events)) {
    const reader = new MeterReader(page, metersOf(part.meters));
    for (let row = 0; row < events; row++) {
      const time = page.times[row] ?? 0;
      if (time >= part.from && time < part.to && !part.struck.has(start + row)) builder.addRow(reader, row);
    }
    start += page.count;
  }
  return builder.build();
}

/** Folds chosen rows of bundles that lie within a range. */
export function tallyRows(
  rows: Selection,
  meters: MeterSet,
  { range, known = new MeterReaders(meters) }: { readonly range: TimeRange; readonly known?: MeterReaders },
): Tally {
  const builder = new TallyBuilder(meters);
  const readers = rows.bundles.map(({ bundle }) => known.of(bundle));
  for (let i = 0; i < rows.row.length; i++) {
    const number = rows.bundle[i] ?? 0;
    const row = rows.row[i] ?? 0;
    const time = rows.bundles[number]?.bundle.times[row] ?? 0;
    const reader = readers[number];
    if (reader !== undefined && time >= range.from && time < range.to) builder.addRow(reader, row);
  }
  return builder.build();
}

function answers(statement: Statement, part: TallyPart): boolean {
  if (statement.first < part.from || statement.last >= part.to) return false;
  return part.struck.size === 0 && sameMeters(part.meters, part.rolledBy);
}

/** Whether a tally made with one set can stand for the other: the same meters, each with the same definition. */
function sameMeters(a: MeterSet, b: MeterSet): boolean {
  if (a.revision === b.revision) return true;
  const revisions = new Map(b.meters.map(({ key, revision }) => [key, revision]));
  return a.meters.length === b.meters.length && a.meters.every(({ key, revision }) => revisions.get(key) === revision);
}
