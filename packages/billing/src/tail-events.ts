import {
  ArrivalReader,
  type ArrivedBundle,
  byCustomer,
  type Hour,
  hourPlus,
  mergeAll,
  type RejectedRequest,
  type Selection,
} from "@farthing/metering";
import { type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import { type HourRow, inReceiptOrder, rowsOf } from "./arrived-rows.ts";
import { CustomerTrace } from "./customer-trace.ts";
import { timeText } from "./documents.ts";
import { type EventDocument, eventDocument } from "./event-document.ts";
import { type RejectedDocument, type RejectionStores, rejectedDocuments } from "./list-rejected.ts";
import { customerOf, type OrderedRow } from "./newest-rows.ts";
import type { ReportStores } from "./report-conservation.ts";
import { advance, cursorText, lagMs, parseCursor, type TailCursor, wasShown } from "./tail-cursor.ts";
import { rowKey } from "./traced-row.ts";

/** What a tail reads. */
export interface TailStores extends ReportStores, RejectionStores {
  /** Waits. Units: milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Which events to show as they arrive. Units: `waitMs` in milliseconds: how long to wait where there are none yet. */
export interface TailQuery {
  readonly merchant: MerchantId;
  readonly cursor?: string | undefined;
  readonly customer?: CustomerId | undefined;
  readonly type?: string | undefined;
  readonly waitMs: number;
  readonly limit: number;
}

/** What arrived, in order of receipt; of `oneIn` events one is shown. Whoever asks again with the cursor misses none. */
export interface TailAnswer {
  readonly items: readonly (EventDocument | RejectedDocument)[];
  readonly cursor: string;
  readonly oneIn: number;
  readonly asOf: string;
}

/** No tail has answered this cursor. */
export interface InvalidTailCursor {
  readonly code: "invalid_cursor";
}

const firstPauseMs = 400;

/**
 * Answers the events that arrived since a cursor, refused ones with them, or waits until some do. A new tail begins half a
 * minute back. Where more arrives than one answer holds, it shows a sample and says of how many.
 *
 * Errors: `invalid_cursor`.
 */
export async function tailEvents(stores: TailStores, query: TailQuery): Promise<Result<TailAnswer, InvalidTailCursor>> {
  const begun = stores.clock.now();
  const cursor = query.cursor === undefined ? { at: begun - lagMs, seen: [] } : parseCursor(query.cursor);
  if (cursor === undefined) return err({ code: "invalid_cursor" });
  const tail = new Tail(stores, query, cursor);
  for (;;) {
    const before = stores.clock.now();
    const answer = await tail.look();
    const now = stores.clock.now();
    if (answer.items.length > 0 || now - begun >= query.waitMs) return ok(answer);
    // A look that took long costs much: the next one waits in proportion.
    const pause = Math.max(firstPauseMs, (now - before) * 10);
    await stores.pause(Math.min(pause, begun + query.waitMs - now));
  }
}

class Tail {
  readonly #stores: TailStores;
  readonly #query: TailQuery;
  readonly #reader: ArrivalReader;
  #cursor: TailCursor;

  constructor(stores: TailStores, query: TailQuery, cursor: TailCursor) {
    this.#stores = stores;
    this.#query = query;
    this.#cursor = cursor;
    this.#reader = new ArrivalReader(stores.journal, query.merchant);
  }

  async look(): Promise<TailAnswer> {
    const now = this.#stores.clock.now();
    const arrivals = await this.#reader.since(this.#cursor.at);
    const refused = (await this.#refused(now)).filter(
      ({ receivedAt, name }) => !wasShown(this.#cursor, receivedAt, name),
    );
    const fresh = arrivals.bundles.filter(({ receivedAt, digest }) => !wasShown(this.#cursor, receivedAt, digest));
    const rows = inReceiptOrder(fresh.flatMap(rowsOf)).filter((row) => this.#asked(row));
    const every = Math.max(1, Math.ceil(rows.length / this.#query.limit));
    const shown = await this.#documents(
      rows.filter((_, index) => index % every === 0),
      arrivals.bundles,
    );
    const rejected = refused.flatMap(rejectedDocuments).filter((item) => this.#askedRefused(item));
    const items = [...shown, ...rejected.slice(0, this.#query.limit)];
    const names = [...fresh.map(({ receivedAt, digest }) => ({ receivedAt, name: digest })), ...refused];
    this.#cursor = advance(this.#cursor, names, now);
    const oneIn = every * (shown.length === 0 ? 1 : arrivals.oneIn);
    return {
      items: items.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : 0)),
      cursor: cursorText(this.#cursor),
      oneIn,
      asOf: timeText(now),
    };
  }

  async #refused(now: number): Promise<readonly RejectedRequest[]> {
    const range = { from: this.#cursor.at + 1, to: now + lagMs, limit: 100 };
    return (await this.#stores.rejections.rejected(this.#query.merchant, range)).requests;
  }

  #asked({ bundle, row }: OrderedRow): boolean {
    const { customer, type } = this.#query;
    if (customer !== undefined && customerOf({ bundle, row }) !== customer) return false;
    return type === undefined || bundle.types[bundle.typeIndex[row] ?? 0] === type;
  }

  #askedRefused(item: RejectedDocument): boolean {
    const { customer, type } = this.#query;
    return (customer === undefined || item.customer === customer) && (type === undefined || item.type === type);
  }

  async #documents(rows: readonly HourRow[], bundles: readonly ArrivedBundle[]): Promise<readonly EventDocument[]> {
    const traces = new Map<string, CustomerTrace>();
    const news = newsOf(rows.length === 0 ? [] : bundles);
    const shown: EventDocument[] = [];
    for (const row of rows) {
      const customer = customerOf(row);
      const trace = traces.get(customer) ?? (await this.#trace(customer, rows, news));
      traces.set(customer, trace);
      const found = (await trace.byKey(row.hour)).get(rowKey(row));
      if (found !== undefined) shown.push(await eventDocument(trace, found, await trace.fate(found)));
    }
    return shown;
  }

  /** Everything that was read of the customer is news: rows that statements name already fall out of it. */
  async #trace(customer: CustomerId, rows: readonly HourRow[], hours: HourNews): Promise<CustomerTrace> {
    const news = new Map(
      hours.flatMap(([hour, own]) => {
        const selection = own.get(customer);
        return selection === undefined ? [] : [[hour, selection] as const];
      }),
    );
    const from = rows.reduce((first, { hour }) => Math.min(first, hour) as Hour, rows[0]?.hour ?? (0 as Hour));
    const to = rows.reduce((last, { hour }) => Math.max(last, hour) as Hour, from);
    const ref = { merchant: this.#query.merchant, customer };
    return await CustomerTrace.open(this.#stores, ref, { from, to: hourPlus(to, 1), news });
  }
}

type HourNews = readonly (readonly [Hour, ReadonlyMap<CustomerId, Selection>])[];

function newsOf(bundles: readonly ArrivedBundle[]): HourNews {
  const hours = [...Map.groupBy(bundles, ({ hour }) => hour)].sort(([a], [b]) => a - b);
  return hours.map(([hour, own]) => [hour, byCustomer(mergeAll(own).rows)] as const);
}
