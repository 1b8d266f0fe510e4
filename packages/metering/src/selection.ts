import type { CustomerId } from "@farthing/money";
import type { Bundle, Origin, Selection } from "./codec/bundle.ts";

/** A decoded bundle with where it came from. */
export type OriginBundle = Origin & { readonly bundle: Bundle };

/** Grows a selection row by row. */
export class SelectionBuilder {
  readonly #bundles: readonly OriginBundle[];
  readonly #bundle: number[] = [];
  readonly #row: number[] = [];

  constructor(bundles: readonly OriginBundle[]) {
    this.#bundles = bundles;
  }

  /** Adds row `row` of bundle number `bundle`. */
  push(bundle: number, row: number): void {
    this.#bundle.push(bundle);
    this.#row.push(row);
  }

  /** How many rows were added. */
  get size(): number {
    return this.#row.length;
  }

  /** The selection, in the order of adding. */
  build(): Selection {
    return { bundles: this.#bundles, bundle: Uint32Array.from(this.#bundle), row: Uint32Array.from(this.#row) };
  }
}

/** Bundles in the order in which, inside one roll, the first copy of an identity counts: (receivedAt, digest). */
export function inRollOrder(bundles: readonly OriginBundle[]): readonly OriginBundle[] {
  return [...bundles].sort(
    (a, b) => a.receivedAt - b.receivedAt || (a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0),
  );
}

/** Splits the rows of bundles by customer, keeping their order; customers come in order of their ids. */
export function byCustomer(bundles: readonly OriginBundle[]): ReadonlyMap<CustomerId, Selection> {
  const ids = [...new Set(bundles.flatMap(({ bundle }) => bundle.customers))].sort();
  const index = new Map(ids.map((id, position) => [id, position]));
  const globals = bundles.map(({ bundle }) => Uint32Array.from(bundle.customers, (id) => index.get(id) ?? 0));
  const starts = startsOf(bundles, globals, ids.length);
  const total = starts[ids.length] ?? 0;
  const [owner, rows] = place(bundles, globals, starts.slice(), total);
  return new Map(
    ids.map((id, position) => {
      const [from, to] = [starts[position] ?? 0, starts[position + 1] ?? 0];
      return [id, compact(bundles, owner.subarray(from, to), rows.subarray(from, to))];
    }),
  );
}

/** Leaves out the bundles that a customer has no row in; `owner` rises, since rows were placed bundle by bundle. */
function compact(bundles: readonly OriginBundle[], owner: Uint32Array, row: Uint32Array): Selection {
  const used: OriginBundle[] = [];
  let last = -1;
  const bundle = owner.map((number) => {
    const origin = bundles[number];
    if (number !== last && origin !== undefined) used.push(origin);
    last = number;
    return used.length - 1;
  });
  return { bundles: used, bundle, row };
}

function startsOf(bundles: readonly OriginBundle[], globals: readonly Uint32Array[], customers: number): Uint32Array {
  const starts = new Uint32Array(customers + 1);
  bundles.forEach(({ bundle }, number) => {
    const local = globals[number] ?? new Uint32Array();
    for (let row = 0; row < bundle.count; row++) {
      const at = (local[bundle.customerIndex[row] ?? 0] ?? 0) + 1;
      starts[at] = (starts[at] ?? 0) + 1;
    }
  });
  for (let i = 1; i <= customers; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  return starts;
}

function place(
  bundles: readonly OriginBundle[],
  globals: readonly Uint32Array[],
  next: Uint32Array,
  total: number,
): [owner: Uint32Array, rows: Uint32Array] {
  const owner = new Uint32Array(total);
  const rows = new Uint32Array(total);
  bundles.forEach(({ bundle }, number) => {
    const local = globals[number] ?? new Uint32Array();
    for (let row = 0; row < bundle.count; row++) {
      const customer = local[bundle.customerIndex[row] ?? 0] ?? 0;
      const at = next[customer] ?? 0;
      owner[at] = number;
      rows[at] = row;
      next[customer] = at + 1;
    }
  });
  return [owner, rows];
}

/** The same rows in order of (time, id). */
export function inTimeOrder(selection: Selection): Selection {
  const times = timesOf(selection);
  const compare = comparator(selection, times);
  if (isSorted(times, compare)) return selection;
  const order = Uint32Array.from(selection.row.keys()).sort(compare);
  return {
    bundles: selection.bundles,
    bundle: order.map((at) => selection.bundle[at] ?? 0),
    row: order.map((at) => selection.row[at] ?? 0),
  };
}

function timesOf({ bundles, bundle, row }: Selection): Float64Array {
  const columns = bundles.map((origin) => origin.bundle.times);
  const times = new Float64Array(row.length);
  for (let i = 0; i < times.length; i++) times[i] = columns[bundle[i] ?? 0]?.[row[i] ?? 0] ?? 0;
  return times;
}

/** Compares ids where times are equal, which is rare: most comparisons read one flat list. */
function comparator({ bundles, bundle, row }: Selection, times: Float64Array): (a: number, b: number) => number {
  const byId = (a: number, b: number): number => {
    const left = bundles[bundle[a] ?? 0]?.bundle;
    const right = bundles[bundle[b] ?? 0]?.bundle;
    if (left === undefined || right === undefined) throw new Error("a row of no bundle");
    return left.compareIds(row[a] ?? 0, right, row[b] ?? 0);
  };
  return (a, b) => (times[a] ?? 0) - (times[b] ?? 0) || byId(a, b);
}

function isSorted(times: Float64Array, compare: (a: number, b: number) => number): boolean {
  for (let i = 1; i < times.length; i++) if (compare(i - 1, i) > 0) return false;
  return true;
}

/** Several selections over the same bundles as one, one after the other. */
export function concatenate(selections: readonly [Selection, ...Selection[]]): Selection {
  const total = selections.reduce((sum, { row }) => sum + row.length, 0);
  const [bundle, row] = [new Uint32Array(total), new Uint32Array(total)];
  let at = 0;
  for (const part of selections) {
    bundle.set(part.bundle, at);
    row.set(part.row, at);
    at += part.row.length;
  }
  return { bundles: selections[0].bundles, bundle, row };
}
