import {
  type CustomerRef,
  fingerprintsOf,
  foldNews,
  type Hour,
  type HourFold,
  hourOf,
  hourPlus,
  identityWindowMs,
  type MeterSet,
  means,
  metersOf,
  type Selection,
  type StandingVoid,
  type Statement,
} from "@farthing/metering";
import { type ChargeWindow, plannedWindows } from "./charge-window.ts";
import { chargedBy } from "./charged-by.ts";
import { coverageOf } from "./coverage.ts";
import type { ConservationStores } from "./customer-conservation.ts";
import { type Fate, fateOf } from "./event-fate.ts";
import { isPriced } from "./priced-cells.ts";
import { type MeteredCell, RowMeters } from "./row-meters.ts";
import type { Seal } from "./seal.ts";
import { standingVoids } from "./standing-voids.ts";
import { rowKey, rowsOfFold, rowsOfStatement, type TracedRow } from "./traced-row.ts";

/** An event's fate, with what it added to meters and the seal that covered or struck it. */
export interface TracedFate extends Fate {
  readonly cells: readonly MeteredCell[];
  readonly seal?: Seal;
}

/** Which hours of a customer to trace, and the rows in and before them that may not be in statements yet. */
export interface TraceScope {
  readonly from: Hour;
  readonly to: Hour;
  readonly news: ReadonlyMap<Hour, Selection>;
}

interface Loaded {
  readonly customer: CustomerRef;
  readonly statements: readonly Statement[];
  readonly folds: ReadonlyMap<Hour, HourFold>;
  readonly seals: readonly Seal[];
  readonly voids: readonly StandingVoid[];
  readonly current: MeterSet;
  /** When each subscription charges: by those that the last seal charged by, and by all there are now. */
  readonly sealedBy: readonly ChargeWindow[];
  readonly chargedNow: readonly ChargeWindow[];
}

/** Tells of one customer's events of some hours what became of each. Whoever opens it has read the news before. */
export class CustomerTrace {
  readonly #stores: ConservationStores;
  readonly #loaded: Loaded;
  readonly #rows = new Map<Hour, Promise<ReadonlyMap<string, TracedRow>>>();
  readonly #struck: ReadonlyMap<string, { readonly seal: Seal; readonly verdict: "duplicate" | "conflict" | "voided" }>;
  readonly #meters = new RowMeters();

  private constructor(stores: ConservationStores, loaded: Loaded) {
    this.#stores = stores;
    this.#loaded = loaded;
    this.#struck = new Map(
      loaded.seals.flatMap((seal) =>
        seal.struck.map(({ entry, row, verdict }) => [`${entry}/${row}`, { seal, verdict }] as const),
      ),
    );
  }

  /** Reads what the events of some hours hang on. */
  static async open(
    stores: ConservationStores,
    customer: CustomerRef,
    { from, to, news }: TraceScope,
  ): Promise<CustomerTrace> {
    const first = Math.min(from, ...news.keys()) as Hour;
    const statements = await stores.log.entriesOfHours(customer, hourPlus(first, -2), hourPlus(to, 2));
    const folds = await foldNews(stores.log, customer, { hours: news, statements });
    const seals = await stores.seals.seals(customer);
    const subscriptions = await stores.subscriptions.subscriptionsOf(customer.merchant, customer.customer);
    const charged = chargedBy(seals.at(-1), subscriptions);
    return new CustomerTrace(stores, {
      customer,
      statements,
      folds,
      seals,
      voids: await standingVoids(stores.log, customer, { seal: seals.at(-1), folds: folds.values() }),
      current: await stores.meters.currentMeters(customer.merchant),
      sealedBy: await plannedWindows(stores.plans, customer.merchant, charged),
      chargedNow: await plannedWindows(stores.plans, customer.merchant, subscriptions),
    });
  }

  /** The hours that hold events, rising. */
  get hours(): readonly Hour[] {
    const all = [...this.#loaded.statements.map(({ hour }) => hour), ...this.#loaded.folds.keys()];
    return [...new Set(all)].sort((a, b) => a - b);
  }

  /** All events of an hour by their keys, in no order. */
  byKey(hour: Hour): Promise<ReadonlyMap<string, TracedRow>> {
    const known = this.#rows.get(hour) ?? this.#read(hour);
    this.#rows.set(hour, known);
    return known;
  }

  /** All events of an hour, in no order. */
  async rows(hour: Hour): Promise<readonly TracedRow[]> {
    return [...(await this.byKey(hour)).values()];
  }

  /** What became of an event. */
  async fate(row: TracedRow): Promise<TracedFate> {
    const { seals, current, voids } = this.#loaded;
    const struck = row.place && this.#struck.get(`${row.place.entry}/${row.place.row}`);
    const covering = row.role === "event" ? this.#covering(row) : undefined;
    const { merchant } = this.#loaded.customer;
    const meters = covering === undefined ? current : await this.#stores.meters.metersAt(merchant, covering.meters);
    const windows = covering === undefined ? this.#loaded.chargedNow : this.#loaded.sealedBy;
    const charging = windows.filter(({ from, to }) => row.time >= from && row.time < to);
    const cells = this.#meters.cellsOf(row, meters);
    const fate = fateOf({
      role: row.role,
      struck: struck?.verdict,
      voided: voids.some((standing) => means(standing, { page: row.bundle, pageRow: row.row })),
      sealed: covering !== undefined,
      typed: metersOf(meters).some(
        ({ eventType }) => eventType === row.bundle.types[row.bundle.typeIndex[row.row] ?? 0],
      ),
      metered: cells.length > 0,
      priced: cells.some(({ cell }) => isPriced(cell, charging, meters)),
    });
    const seal = struck?.seal ?? seals.find(({ number }) => number === covering?.seal);
    return { ...fate, cells, ...(seal === undefined ? {} : { seal }) };
  }

  /** The event that a copy repeats: in the same or a neighbouring hour, or where a seal struck it, within 35 days. */
  async original(copy: TracedRow): Promise<TracedRow | undefined> {
    for (const hour of [copy.hour, hourPlus(copy.hour, -1), hourPlus(copy.hour, 1)]) {
      const near = (await this.rows(hour)).find((row) => this.#isOriginal(row, copy));
      if (near !== undefined) return near;
    }
    if (copy.role !== "event") return undefined;
    const hash = copy.bundle.identityHashes().low[copy.row] ?? 0;
    for (const statement of await this.#within35Days(copy)) {
      const filter = await fingerprintsOf(this.#stores.log, this.#loaded.customer, statement);
      if (!filter.includes(hash)) continue;
      const rows = await rowsOfStatement(this.#stores.log, this.#loaded.customer, statement);
      const found = rows.find((row) => this.#isOriginal(row, copy));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #isOriginal({ role, place, bundle, row, origin, originRow }: TracedRow, copy: TracedRow): boolean {
    if (role !== "event" || (place && this.#struck.has(`${place.entry}/${place.row}`))) return false;
    if (origin.digest === copy.origin.digest && originRow === copy.originRow) return false;
    return bundle.sameIdentity(row, copy.bundle, copy.row);
  }

  #within35Days({ time }: TracedRow): Promise<readonly Statement[]> {
    const [from, to] = [hourOf(time - identityWindowMs), hourPlus(hourOf(time + identityWindowMs), 1)];
    return this.#stores.log.entriesOfHours(this.#loaded.customer, from, to);
  }

  /** The seals of the customer from one on, in order. */
  sealsFrom(number: number): readonly Seal[] {
    return this.#loaded.seals.filter((seal) => seal.number >= number);
  }

  async #read(hour: Hour): Promise<ReadonlyMap<string, TracedRow>> {
    const { customer, statements, folds } = this.#loaded;
    const own = statements.filter((statement) => statement.hour === hour);
    const rows = await Promise.all(own.map((statement) => rowsOfStatement(this.#stores.log, customer, statement)));
    const fold = folds.get(hour);
    const all = [...rows.flat(), ...(fold === undefined ? [] : rowsOfFold(hour, fold))];
    return new Map(all.map((row) => [rowKey(row), row]));
  }

  #covering({ place, time }: TracedRow): { readonly seal: number; readonly meters: number } | undefined {
    if (place === undefined) return undefined;
    const steps = this.#loaded.seals.map(({ number, frontier, meterRevision }) => ({
      seal: number,
      frontier,
      meterRevision,
    }));
    const range = coverageOf(place.entry, steps).find(({ from, to }) => time >= from && time < to);
    return range === undefined ? undefined : { seal: range.seal, meters: range.meterRevision };
  }
}
