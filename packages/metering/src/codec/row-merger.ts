import type { CustomerId } from "@farthing/money";
import type { Origin, TracedRows } from "./bundle.ts";
import { DataMerger } from "./data-merger.ts";
import { DecodedBundle } from "./decoded-bundle.ts";
import { digestBytes } from "./frame.ts";
import { chosenNumbers, chosenWords, GrowingNumbers, GrowingWords } from "./growing.ts";
import { IdMerger } from "./id-merger.ts";
import { TextColumnMerger } from "./leaf-merger.ts";
import type { Rows } from "./read-rows.ts";

/** The rows of several bundles in one set of columns: customer by customer, each one's in the order of appending. */
export interface MergedRows extends TracedRows {
  /** Where the rows of each customer begin and end; customers come in order of their ids. */
  readonly ranges: readonly CustomerRange[];
}

/** The rows of one customer: from `start` up to `end`. */
export interface CustomerRange {
  readonly customer: CustomerId;
  readonly start: number;
  readonly end: number;
}

class Merged extends DecodedBundle implements MergedRows {
  readonly origins: readonly Origin[];
  readonly originIndex: Uint32Array;
  readonly originRow: Uint32Array;
  readonly originDigests: Uint8Array;
  readonly ranges: readonly CustomerRange[];

  constructor(rows: Rows, traces: Pick<MergedRows, "origins" | "originIndex" | "originRow">) {
    super(rows);
    this.origins = traces.origins;
    this.originIndex = traces.originIndex;
    this.originRow = traces.originRow;
    this.ranges = rangesOf(this.customers, this.customerIndex);
    this.originDigests = Buffer.concat(this.origins.map(({ digest }) => Buffer.from(digest, "base64url")));
    if (this.originDigests.length !== digestBytes * this.origins.length) throw new Error("a digest of another length");
  }
}

/** Merges bundles, so that what is prepared for columns is prepared once and serves the rows of all. */
export class RowMerger {
  private readonly ids: IdMerger;
  private readonly customers: TextColumnMerger;
  private readonly types: TextColumnMerger;
  private readonly sources: TextColumnMerger;
  private readonly times: GrowingNumbers;
  private readonly serverTimes: GrowingWords;
  private readonly data: DataMerger;
  private readonly origins: Origin[] = [];
  private readonly originIndex: GrowingWords;
  private readonly originRow: GrowingWords;

  /** Makes room for `capacity` rows; more may come. */
  constructor(capacity: number) {
    this.ids = new IdMerger(capacity);
    this.customers = new TextColumnMerger(capacity);
    this.types = new TextColumnMerger(capacity);
    this.sources = new TextColumnMerger(capacity);
    this.times = new GrowingNumbers(capacity);
    this.serverTimes = new GrowingWords(capacity);
    this.data = new DataMerger(capacity);
    this.originIndex = new GrowingWords(capacity);
    this.originRow = new GrowingWords(capacity);
  }

  /** Appends the rows of a bundle. */
  append(rows: Rows, origin: Origin): void {
    const { count } = rows;
    this.ids.append(rows.ids, count);
    this.customers.append(rows.customers);
    this.types.append(rows.types);
    this.sources.append(rows.sources);
    this.times.append(rows.times);
    const start = this.serverTimes.claim(count);
    this.serverTimes.values.set(rows.serverTimes, start);
    this.data.append(rows.data, count);
    this.originIndex.repeat(this.origins.length, count);
    this.originRow.claim(count);
    for (let row = 0; row < count; row++) this.originRow.values[start + row] = row;
    this.origins.push(origin);
  }

  /** The rows of all bundles. */
  merged(): MergedRows {
    const order = ordered(this.customers.view(), this.customers.pool.table().all());
    const rows = {
      count: order.length,
      ids: this.ids.merged(order),
      customers: this.customers.merged(order),
      types: this.types.merged(order),
      sources: this.sources.merged(order),
      times: chosenNumbers(this.times.values, order),
      serverTimes: chosenWords(this.serverTimes.view(), order),
      data: this.data.merged(order),
    };
    return new Merged(rows, {
      origins: this.origins,
      originIndex: chosenWords(this.originIndex.view(), order),
      originRow: chosenWords(this.originRow.view(), order),
    });
  }
}

/** The rows sorted by the rank of their customer, each one's in their order: a counting sort. */
function ordered(customerIndex: Uint32Array, customers: readonly string[]): Uint32Array {
  const ranks = new Uint32Array(customers.length);
  const sorted = Array.from(customers.keys()).sort((a, b) => ((customers[a] ?? "") < (customers[b] ?? "") ? -1 : 1));
  sorted.forEach((index, rank) => {
    ranks[index] = rank;
  });
  const next = new Uint32Array(customers.length + 1);
  for (const index of customerIndex) bump(next, (ranks[index] ?? 0) + 1);
  for (let rank = 1; rank < next.length; rank++) next[rank] = (next[rank] ?? 0) + (next[rank - 1] ?? 0);
  const order = new Uint32Array(customerIndex.length);
  for (let row = 0; row < order.length; row++) {
    const at = bump(next, ranks[customerIndex[row] ?? 0] ?? 0);
    order[at] = row;
  }
  return order;
}

/** Adds one to a number of a list, and answers what it was. */
function bump(numbers: Uint32Array, at: number): number {
  const value = numbers[at] ?? 0;
  numbers[at] = value + 1;
  return value;
}

function rangesOf(customers: readonly CustomerId[], customerIndex: Uint32Array): readonly CustomerRange[] {
  const ranges: CustomerRange[] = [];
  let start = 0;
  for (let end = 1; end <= customerIndex.length; end++) {
    const index = customerIndex[start] ?? 0;
    const customer = customers[index];
    if (customerIndex[end] === index || customer === undefined) continue;
    ranges.push({ customer, start, end });
    start = end;
  }
  return ranges;
}
