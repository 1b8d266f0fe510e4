import type { Bundle } from "./codec/bundle.ts";
import { type MeterSet, metersOf } from "./meter.ts";
import { eventsPerPage, pagesOf } from "./pages.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";
import type { Tally } from "./tally.ts";
import { MeterReader, MeterReaders, TallyBuilder } from "./tally-builder.ts";
import type { TimeRange } from "./time-range.ts";

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
  const own = ownTally(statement, part);
  if (own !== undefined) return own;
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
  rows: { readonly from: Bundle; readonly row: Uint32Array },
  meters: MeterSet,
  { range, known = new MeterReaders(meters) }: { readonly range: TimeRange; readonly known?: MeterReaders },
): Tally {
  const builder = new TallyBuilder(meters);
  const reader = known.of(rows.from);
  const { times } = rows.from;
  for (const row of rows.row) {
    const time = times[row] ?? 0;
    if (time >= range.from && time < range.to) builder.addRow(reader, row);
  }
  return builder.build();
}

/** What a statement's own tally says of a part; undefined where its rows have to tell. */
export function ownTally(
  { first, last, tally }: Statement,
  { from, to, meters, rolledBy, struck }: TallyPart,
): Tally | undefined {
  if (first < from || last >= to || struck.size > 0 || !hasMeters(rolledBy, meters)) return undefined;
  // Of as many meters, all with the same definitions, all are asked for.
  if (rolledBy.meters.length === meters.meters.length) return isKept(tally) ? tally : undefined;
  const wanted = new Set(metersOf(meters).map(({ key }) => key));
  if (tally.cells.some(({ meter, state }) => state === null && wanted.has(meter))) return undefined;
  const builder = new TallyBuilder(meters);
  builder.merge(tally);
  return builder.build();
}

function isKept({ cells }: Tally): boolean {
  for (const { state } of cells) if (state === null) return false;
  return true;
}

/** Whether a set has every meter of another, each with the same definition: a tally made with it tells of the other's. */
function hasMeters(set: MeterSet, { revision, meters }: MeterSet): boolean {
  if (set.revision === revision && set.meters.length === meters.length) return true;
  const revisions = new Map(set.meters.map((meter) => [meter.key, meter.revision]));
  return meters.every((meter) => revisions.get(meter.key) === meter.revision);
}
