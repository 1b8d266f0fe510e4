import type { CustomerId } from "@farthing/money";
import { rowKey, type TracedRow } from "./traced-row.ts";

/** What the order of events looks at. */
export type OrderedRow = Pick<TracedRow, "time" | "bundle" | "row" | "origin" | "originRow">;

/** An event's place in the order of a list, as a cursor holds it. Units: `time` in milliseconds. */
export interface EventPlace {
  readonly time: number;
  readonly id: string;
  readonly customer: string;
  readonly key: string;
}

/** Whose event a row is. Errors: throws on a row that is none. */
export function customerOf({ bundle, row }: Pick<OrderedRow, "bundle" | "row">): CustomerId {
  const customer = bundle.customers[bundle.customerIndex[row] ?? 0];
  if (customer === undefined) throw new Error("a row of no customer");
  return customer;
}

/** An event's place in the order of a list. */
export function placeOf(row: OrderedRow): EventPlace {
  return { time: row.time, id: row.bundle.id(row.row), customer: customerOf(row), key: rowKey(row) };
}

/** The newest rows behind a place, without holding or sorting all of them at once. */
export class NewestRows {
  readonly #limit: number;
  readonly #after: EventPlace | undefined;
  #rows: OrderedRow[] = [];

  constructor(limit: number, after: EventPlace | undefined) {
    this.#limit = limit;
    this.#after = after;
  }

  /** Takes a row, if it lies behind the place. */
  offer(row: OrderedRow): void {
    if (this.#after !== undefined && !isBehind(row, this.#after)) return;
    this.#rows.push(row);
    if (this.#rows.length >= this.#limit * 2 + 64) this.#cut();
  }

  /** The first rows in order of (time, id), newest first, at most as many as the limit. */
  take(): readonly OrderedRow[] {
    this.#cut();
    return this.#rows;
  }

  #cut(): void {
    this.#rows = this.#rows.sort(newestFirst).slice(0, this.#limit);
  }
}

function newestFirst(a: OrderedRow, b: OrderedRow): number {
  return b.time - a.time || comparePlaces(placeOf(a), placeOf(b));
}

/** Compares bytes of UTF-8, as statements do, where texts of JavaScript would compare its own units. */
function comparePlaces(a: EventPlace, b: EventPlace): number {
  if (a.time !== b.time) return b.time - a.time;
  const ids = Buffer.compare(Buffer.from(b.id), Buffer.from(a.id));
  if (ids !== 0) return ids;
  if (a.customer !== b.customer) return a.customer < b.customer ? 1 : -1;
  if (a.key === b.key) return 0;
  return a.key < b.key ? 1 : -1;
}

function isBehind(row: OrderedRow, after: EventPlace): boolean {
  if (row.time !== after.time) return row.time < after.time;
  return comparePlaces(after, placeOf(row)) < 0;
}
