import {
  type CustomerRef,
  eventsPerPage,
  type Hour,
  type Page,
  pagesOf,
  type Statement,
  type StatementLog,
} from "@farthing/metering";

/** An event of a customer's log, with where it stands. Units: `time` in milliseconds. */
export interface LogRow {
  readonly entry: number;
  readonly row: number;
  readonly time: number;
  readonly page: Page;
  readonly pageRow: number;
}

/** The events of statements of one hour, in order of (time, id). */
export async function rowsOfHour(
  log: StatementLog,
  customer: CustomerRef,
  statements: readonly Statement[],
): Promise<readonly LogRow[]> {
  const rows: LogRow[] = [];
  for (const statement of statements) {
    let start = 0;
    for (const { page, events } of eventsPerPage(await pagesOf(log, customer, statement), statement.counts.events)) {
      for (let row = 0; row < events; row++) {
        rows.push({ entry: statement.number, row: start + row, time: page.times[row] ?? 0, page, pageRow: row });
      }
      start += page.count;
    }
  }
  return statements.length < 2 ? rows : rows.sort(inOrder);
}

/** The order of (time, id), then of the log. */
export function inOrder(a: LogRow, b: LogRow): number {
  return a.time - b.time || a.page.compareIds(a.pageRow, b.page, b.pageRow) || a.entry - b.entry;
}

/** Statements by their hour, hours rising. */
export function byHour(statements: readonly Statement[]): readonly (readonly [Hour, readonly Statement[]])[] {
  return [...Map.groupBy(statements, ({ hour }) => hour)].sort(([a], [b]) => a - b);
}
