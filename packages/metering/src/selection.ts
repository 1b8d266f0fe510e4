import type { CustomerId } from "@farthing/money";
import type { Origin, Selection, TracedRows } from "./codec/bundle.ts";
import { chosenWords, GrowingWords } from "./codec/growing.ts";
import type { MergedRows } from "./codec/row-merger.ts";
import { rangeOf } from "./codec/uint-column.ts";

/** Grows a selection row by row. */
export class SelectionBuilder {
  readonly #from: TracedRows;
  readonly #row = new GrowingWords();

  constructor(from: TracedRows) {
    this.#from = from;
  }

  /** Adds a row. */
  push(row: number): void {
    this.#row.push(row);
  }

  /** How many rows were added. */
  get size(): number {
    return this.#row.length;
  }

  /** The selection, in the order of adding. */
  build(): Selection {
    return { from: this.#from, row: this.#row.view() };
  }
}

/** Bundles in the order in which, inside one roll, the first copy of an identity counts: (receivedAt, digest). */
export function inRollOrder<T extends Origin>(bundles: readonly T[]): readonly T[] {
  return [...bundles].sort(
    (a, b) => a.receivedAt - b.receivedAt || (a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0),
  );
}

/** Splits merged rows by customer, keeping their order; customers come in order of their ids. */
export function byCustomer(from: MergedRows): ReadonlyMap<CustomerId, Selection> {
  return new Map(
    from.ranges.map(({ customer, start, end }) => {
      const row = new Uint32Array(end - start);
      for (let i = 0; i < row.length; i++) row[i] = start + i;
      return [customer, { from, row }];
    }),
  );
}

/** The same rows in order of (time, id). */
export function inTimeOrder({ from, row }: Selection): Selection {
  const times = new Float64Array(row.length);
  for (let i = 0; i < times.length; i++) times[i] = from.times[row[i] ?? 0] ?? 0;
  const byId = (a: number, b: number) => from.compareIds(row[a] ?? 0, from, row[b] ?? 0);
  const order = timeOrder(times, byId);
  return { from, row: chosenWords(row, order) };
}

/**
 * Positions by time, by `tie` where times are equal. One number holds time and position, since numbers alone are sorted
 * without a call for each comparison.
 */
function timeOrder(times: Float64Array, tie: (a: number, b: number) => number): Uint32Array {
  const count = times.length;
  const order = new Uint32Array(count);
  const { min, max } = rangeOf(times);
  if ((max - min + 1) * count > Number.MAX_SAFE_INTEGER) {
    for (let i = 0; i < count; i++) order[i] = i;
    return order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || tie(a, b));
  }
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = ((times[i] ?? 0) - min) * count + i;
  keys.sort();
  for (let i = 0; i < count; i++) order[i] = (keys[i] ?? 0) % count;
  return breakTies(order, times, tie);
}

function breakTies(order: Uint32Array, times: Float64Array, tie: (a: number, b: number) => number): Uint32Array {
  for (let start = 0; start < order.length; ) {
    const time = times[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && times[order[end] ?? 0] === time) end++;
    if (end - start > 1) order.subarray(start, end).sort(tie);
    start = end;
  }
  return order;
}

/** Several selections of the same rows as one, one after the other. */
export function concatenate(selections: readonly [Selection, ...Selection[]]): Selection {
  const row = new Uint32Array(selections.reduce((sum, part) => sum + part.row.length, 0));
  let at = 0;
  for (const part of selections) {
    row.set(part.row, at);
    at += part.row.length;
  }
  return { from: selections[0].from, row };
}
