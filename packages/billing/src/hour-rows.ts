import type { CustomerRef, Statement, StatementLog } from "@farthing/metering";
import { inOrder, type LogRow, rowsOf } from "./sealed-rows.ts";

/** A row of an hour: its number among all rows of the hour, and how many of each statement's lie before it. */
export interface PlacedRow {
  readonly row: LogRow;
  readonly number: number;
  readonly before: readonly number[];
}

/**
 * The events of an hour's statements in order of (time, id), from where `before` of each statement's are left out. What lies
 * before is not read, and statements that came late are merged as they are read: an hour may hold a million events.
 */
export async function* hourRows(
  log: StatementLog,
  customer: CustomerRef,
  statements: readonly Statement[],
  before: readonly number[] = [],
): AsyncGenerator<PlacedRow, void> {
  const taken = statements.map((_, index) => before[index] ?? 0);
  const runs = statements.map((statement, index) => new Run(rowsOf(log, customer, statement, taken[index] ?? 0)));
  let number = taken.reduce((sum, count) => sum + count, 0);
  for (const run of runs) await run.fill();
  for (;;) {
    const next = earliest(runs);
    const run = runs[next];
    if (run?.head === undefined) return;
    yield { row: run.head, number, before: [...taken] };
    taken[next] = (taken[next] ?? 0) + 1;
    number += 1;
    if (run.step()) await run.fill();
  }
}

/** The run whose next row comes first, or one that is at its end where all are. */
function earliest(runs: readonly Run[]): number {
  let first = 0;
  for (let index = 1; index < runs.length; index++) {
    const [a, b] = [runs[first]?.head, runs[index]?.head];
    if (b !== undefined && (a === undefined || inOrder(b, a) < 0)) first = index;
  }
  return first;
}

/** The rows of one statement that are not taken yet. */
class Run {
  readonly #pages: AsyncGenerator<readonly LogRow[], void>;
  #rows: readonly LogRow[] = [];
  #at = 0;

  constructor(pages: AsyncGenerator<readonly LogRow[], void>) {
    this.#pages = pages;
  }

  get head(): LogRow | undefined {
    return this.#rows[this.#at];
  }

  /** Steps to the next row; true where that is on a page that is not read yet. */
  step(): boolean {
    this.#at += 1;
    return this.#at >= this.#rows.length;
  }

  async fill(): Promise<void> {
    const next = await this.#pages.next();
    this.#rows = next.done === true ? [] : next.value;
    this.#at = 0;
  }
}
