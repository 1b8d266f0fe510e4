import {
  type CustomerRef,
  type Hour,
  type Page,
  pageAt,
  rowsPerPage,
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
    for await (const some of rowsOf(log, customer, statement, 0)) for (const row of some) rows.push(row);
  }
  return statements.length < 2 ? rows : rows.sort(inOrder);
}

/** The events of a statement from one on, in order of (time, id), page by page; pages before it are not read. */
export async function* rowsOf(
  log: StatementLog,
  customer: CustomerRef,
  statement: Statement,
  from: number,
): AsyncGenerator<readonly LogRow[], void> {
  let start = 0;
  for (const [index, count] of rowsPerPage(statement).entries()) {
    const end = Math.min(start + count, statement.counts.events);
    if (end > Math.max(start, from)) {
      const page = await pageAt(log, customer, statement, index);
      const first = Math.max(start, from);
      yield Array.from({ length: end - first }, (_, at) => rowAt(statement, page, { row: first + at, start }));
    }
    start += count;
  }
}

/** A row of a page that begins with row `start` of its statement. */
export function rowAt(
  { number }: Statement,
  page: Page,
  { row, start }: { readonly row: number; readonly start: number },
): LogRow {
  return { entry: number, row, time: page.times[row - start] ?? 0, page, pageRow: row - start };
}

/** The order of (time, id), then of the log. */
export function inOrder(a: LogRow, b: LogRow): number {
  return a.time - b.time || a.page.compareIds(a.pageRow, b.page, b.pageRow) || a.entry - b.entry;
}

/** Statements by their hour, hours rising. */
export function byHour(statements: readonly Statement[]): readonly (readonly [Hour, readonly Statement[]])[] {
  return [...Map.groupBy(statements, ({ hour }) => hour)].sort(([a], [b]) => a - b);
}
