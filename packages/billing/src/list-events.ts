import { type Hour, hourOf, hourPlus, hourStart } from "@farthing/metering";
import { type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { TracedFate } from "./customer-trace.ts";
import { type EventDocument, eventDocument } from "./event-document.ts";
import type { EventVerdict } from "./event-fate.ts";
import { type EventSource, type FoundRow, openSource } from "./event-source.ts";
import { type EventPlace, NewestRows, type OrderedRow, placeOf } from "./newest-rows.ts";
import type { Listed, ListPage } from "./read-customers.ts";
import type { InvalidRange, ReportStores } from "./report-conservation.ts";
import { rowKey } from "./traced-row.ts";

/** Which events to list. Units: `from` and `to` in milliseconds of event time, `from ≤ time < to`. */
export interface EventFilter {
  readonly merchant: MerchantId;
  readonly customer?: CustomerId | undefined;
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly meter?: string | undefined;
  readonly verdict?: EventVerdict | undefined;
  readonly outcome?: TracedFate["outcome"] | undefined;
  readonly from: number;
  readonly to: number;
}

/** A range of a list is at most this long. Units: milliseconds. */
export const maxListedMs = 400 * 86_400_000;
/** How many hours, and how many events that a filter leaves out, one page looks at: a short page says where it goes on. */
const hoursAPage = 24 * 35;
const rowsAPage = 5_000;
const rowsAtOnce = 250;
/** How long a page may look for events. Units: milliseconds. */
const patienceMs = 8_000;

/**
 * Lists accepted events in order of (time, id), newest first, each with what became of it. Shows every event whose request
 * was answered before. A page may be short, or empty, and yet have a next one.
 *
 * Errors: `invalid_range`.
 */
export async function listEvents(
  stores: ReportStores,
  { limit, after, ...filter }: EventFilter & ListPage,
): Promise<Result<Listed<EventDocument>, InvalidRange>> {
  const { from, to } = filter;
  if (to <= from) return err({ code: "invalid_range", detail: "`from` has to lie before `to`." });
  if (to - from > maxListedMs) return err({ code: "invalid_range", detail: "A list covers 400 days at most." });
  const start = after === undefined ? undefined : (JSON.parse(after) as EventPlace);
  return ok(await new EventPage(stores, filter, { limit, start }).read());
}

interface Shown {
  readonly item: EventDocument;
  readonly place: EventPlace;
}

class EventPage {
  readonly #stores: ReportStores;
  readonly #filter: EventFilter;
  readonly #limit: number;
  readonly #shown: Shown[] = [];
  #last: EventPlace | undefined;
  #left = rowsAPage;
  #until = 0;

  constructor(
    stores: ReportStores,
    filter: EventFilter,
    { limit, start }: { readonly limit: number; readonly start: EventPlace | undefined },
  ) {
    this.#stores = stores;
    this.#filter = filter;
    this.#limit = limit;
    this.#last = start;
  }

  async read(): Promise<Listed<EventDocument>> {
    this.#until = this.#stores.journal.clock.now() + patienceMs;
    const scope = this.#scope();
    const source = await openSource(this.#stores, scope);
    for (const hour of source.hours) {
      if (!(await this.#readHour(source, hour))) return this.#page(true);
      if (this.#stores.journal.clock.now() >= this.#until) return this.#pageFrom(hour);
    }
    return scope.from > hourOf(this.#filter.from) ? this.#pageFrom(scope.from) : this.#page(false);
  }

  #scope() {
    const { from, to, merchant, customer } = this.#filter;
    const end = hourPlus(hourOf(Math.min(to - 1, this.#last?.time ?? Number.POSITIVE_INFINITY)), 1);
    return { merchant, customer, from: Math.max(hourOf(from), hourPlus(end, -hoursAPage)) as Hour, to: end };
  }

  /** False where the page is full, or has looked at as much as it may. */
  async #readHour(source: EventSource, hour: Hour): Promise<boolean> {
    const newest = new NewestRows(this.#left, this.#last);
    for (const row of await source.rows(hour)) if (this.#mayFit(row)) newest.offer(row);
    const rows = newest.take();
    const atOnce = this.#looksInside() ? rowsAtOnce : this.#limit + 1;
    for (let at = 0; at < rows.length; at += atOnce) {
      if (!(await this.#look(source, hour, rows.slice(at, at + atOnce)))) return false;
    }
    return this.#left > 0;
  }

  async #look(source: EventSource, hour: Hour, rows: readonly OrderedRow[]): Promise<boolean> {
    const traced = new Map((await source.trace(hour, rows)).map((found) => [rowKey(found.row), found]));
    for (const row of rows) {
      const found = traced.get(rowKey(row));
      const place = placeOf(row);
      if (found !== undefined) await this.#show(found, place);
      if (this.#shown.length > this.#limit) return false;
      this.#last = place;
      this.#left -= 1;
    }
    return this.#left > 0 && this.#stores.journal.clock.now() < this.#until;
  }

  async #show({ trace, row }: FoundRow, place: EventPlace): Promise<void> {
    const { verdict, outcome, meter } = this.#filter;
    const fate = await trace.fate(row);
    if (verdict !== undefined && fate.verdict !== verdict) return;
    if (outcome !== undefined && fate.outcome !== outcome) return;
    if (meter !== undefined && !fate.cells.some((cell) => cell.meter.key === meter)) return;
    this.#shown.push({ item: await eventDocument(trace, row, fate), place });
  }

  #looksInside(): boolean {
    const { verdict, outcome, meter } = this.#filter;
    return verdict !== undefined || outcome !== undefined || meter !== undefined;
  }

  #mayFit({ time, bundle, row }: OrderedRow): boolean {
    const { from, to, type, id, source } = this.#filter;
    if (time < from || time >= to) return false;
    if (type !== undefined && bundle.types[bundle.typeIndex[row] ?? 0] !== type) return false;
    if (id !== undefined && bundle.id(row) !== id) return false;
    return source === undefined || (bundle.source(row) ?? "") === source;
  }

  #page(more: boolean): Listed<EventDocument> {
    const shown = this.#shown.slice(0, this.#limit);
    const next = this.#shown.length > this.#limit ? shown.at(-1)?.place : this.#last;
    const items = shown.map(({ item }) => item);
    return more && next !== undefined ? { items, next: JSON.stringify(next) } : { items };
  }

  /** A page that has looked at all hours from this one on: the next begins before it. */
  #pageFrom(hour: Hour): Listed<EventDocument> {
    const place: EventPlace = { time: hourStart(hour), id: "", customer: "", key: "" };
    return { items: this.#shown.map(({ item }) => item), next: JSON.stringify(place) };
  }
}
