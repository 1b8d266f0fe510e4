import {
  type Bundle,
  type CustomerRef,
  type Hour,
  type HourFold,
  type Origin,
  pagesOf,
  type Selection,
  type Statement,
  type StatementLog,
} from "@farthing/metering";

/** An accepted event with where it lies. Units: `time` in milliseconds. */
export interface TracedRow {
  readonly time: number;
  readonly hour: Hour;
  readonly role: "event" | "duplicate" | "conflict";
  /** What holds it: a bundle, or a page of a statement. */
  readonly bundle: Bundle;
  readonly row: number;
  /** The bundle that it arrived in, and its row there. */
  readonly origin: Origin;
  readonly originRow: number;
  /** Where it stands in the customer's log; none where no roll has seen it. */
  readonly place?: { readonly entry: number; readonly row: number };
}

/** Names an event by where it was stored, once and for ever. */
export function rowKey({ origin, originRow }: Pick<TracedRow, "origin" | "originRow">): string {
  return `${origin.digest}.${originRow}`;
}

/** The events that a statement names, as what it counts them. */
export async function rowsOfStatement(
  log: StatementLog,
  customer: CustomerRef,
  statement: Statement,
): Promise<readonly TracedRow[]> {
  const rows: TracedRow[] = [];
  let start = 0;
  for (const page of await pagesOf(log, customer, statement)) {
    for (let row = 0; row < page.count; row++) {
      const role = roleAt(start + row, statement);
      const origin = page.origins[page.originIndex[row] ?? 0];
      if (role === undefined || origin === undefined) continue;
      const place = { entry: statement.number, row: start + row };
      const from = { origin, originRow: page.originRow[row] ?? 0 };
      rows.push({ time: page.times[row] ?? 0, hour: statement.hour, role, bundle: page, row, ...from, place });
    }
    start += page.count;
  }
  return rows;
}

/** The events of an hour that no statement names yet, as what a roll would count them. */
export function rowsOfFold(hour: Hour, { events, duplicates, conflicts }: HourFold): readonly TracedRow[] {
  return [
    ...rowsOf(hour, "event", events),
    ...rowsOf(hour, "duplicate", duplicates),
    ...rowsOf(hour, "conflict", conflicts),
  ];
}

function rowsOf(hour: Hour, role: TracedRow["role"], { from, row }: Selection): readonly TracedRow[] {
  return [...row].flatMap((at) => {
    const origin = from.origins[from.originIndex[at] ?? 0];
    if (origin === undefined) return [];
    const place = { bundle: from, row: at, origin, originRow: from.originRow[at] ?? 0 };
    return [{ time: from.times[at] ?? 0, hour, role, ...place }];
  });
}

function roleAt(row: number, { counts }: Statement): TracedRow["role"] | undefined {
  const { events, voids, duplicates } = counts;
  if (row < events) return "event";
  if (row < events + voids) return undefined;
  return row < events + voids + duplicates ? "duplicate" : "conflict";
}
