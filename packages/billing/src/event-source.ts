import {
  bundlesOf,
  byCustomer,
  type CustomerRef,
  type Hour,
  hourOf,
  hourPlus,
  inParallel,
  type MergedRows,
  mergeAll,
  type News,
  readNews,
  type Selection,
  type StoredBundle,
  shardsEver,
} from "@farthing/metering";
import type { CustomerId, MerchantId } from "@farthing/money";
import { CustomerTrace } from "./customer-trace.ts";
import { customerOf, type OrderedRow } from "./newest-rows.ts";
import type { ReportStores } from "./report-conservation.ts";
import { rowKey, type TracedRow } from "./traced-row.ts";

/** Which events a source gives, by hours of event time, `from ≤ hour < to`. */
export interface SourceScope {
  readonly merchant: MerchantId;
  readonly customer?: CustomerId | undefined;
  readonly from: Hour;
  readonly to: Hour;
}

/** An event with the trace that tells what became of it. */
export interface FoundRow {
  readonly trace: CustomerTrace;
  readonly row: TracedRow;
}

/** Accepted events, hour by hour. */
export interface EventSource {
  /** The hours that may hold events, newest first. */
  readonly hours: readonly Hour[];
  rows(hour: Hour): Promise<Iterable<OrderedRow>>;
  /** Finds out about rows of one hour. */
  trace(hour: Hour, rows: readonly OrderedRow[]): Promise<readonly FoundRow[]>;
}

/** Whether a copy counts hangs on the hour before it, that on the one before, and so on. */
const chainedHours = 24;
const customersAtOnce = 16;
const shardsAtOnce = 16;
const mostAhead = 32;

/**
 * Opens a source over events that were answered before. A customer's own events are read from its statements, those of all
 * from the hours' bundles. News is read first, statements last.
 *
 * Source: the protocol's rule 4 (docs/metering.md).
 */
export async function openSource(stores: ReportStores, scope: SourceScope): Promise<EventSource> {
  const { merchant, customer, from } = scope;
  const news = await readNews(stores.journal, {
    merchant,
    ...(customer === undefined ? {} : { customer }),
    from: hourPlus(from, -chainedHours),
    to: hourPlus(hourOf(stores.journal.clock.now()), 2),
  });
  if (customer === undefined) return bundleSource(stores, scope, news);
  return await customerSource(stores, { ...scope, customer }, news.get(customer) ?? new Map());
}

async function customerSource(
  stores: ReportStores,
  { merchant, customer, from, to }: SourceScope & CustomerRef,
  news: ReadonlyMap<Hour, Selection>,
): Promise<EventSource> {
  const trace = await CustomerTrace.open(stores, { merchant, customer }, { from, to, news });
  return {
    hours: trace.hours.filter((hour) => hour >= from && hour < to).reverse(),
    rows: (hour) => trace.rows(hour),
    trace: async (hour, rows) => await found(trace, hour, rows),
  };
}

function bundleSource(stores: ReportStores, { merchant, from, to }: SourceScope, news: News): EventSource {
  const bundles = new Map<Hour, Promise<MergedRows>>();
  const bundlesAt = (hour: Hour) => {
    const known = bundles.get(hour) ?? readHour(stores, merchant, hour);
    bundles.set(hour, known);
    return known;
  };
  let ahead = 0;
  const rowsAt = async (hour: Hour) => {
    const own = await bundlesAt(hour);
    // Through a stretch without events it reads more and more hours at once.
    ahead = own.count > 0 ? 0 : Math.min(mostAhead, ahead * 2 + 1);
    for (let next = 1; next <= ahead && hour - next >= from; next++) bundlesAt(hourPlus(hour, -next)).catch(() => {});
    return rowsOf(own);
  };
  return {
    hours: Array.from({ length: to - from }, (_, index) => hourPlus(to, -1 - index)),
    rows: rowsAt,
    trace: async (hour, rows) => {
      const all = [...Map.groupBy(rows, customerOf)];
      const traced: FoundRow[] = [];
      const here = byCustomer(await bundlesAt(hour));
      await inParallel(customersAtOnce, all, async ([customer, own]) => {
        const known = new Map(news.get(customer));
        const selection = here.get(customer);
        if (selection !== undefined) known.set(hour, selection);
        const scope = { from: hour, to: hourPlus(hour, 1), news: known };
        traced.push(...(await found(await CustomerTrace.open(stores, { merchant, customer }, scope), hour, own)));
      });
      return traced;
    },
  };
}

async function readHour(
  { journal: { journal, plans } }: ReportStores,
  merchant: MerchantId,
  hour: Hour,
): Promise<MergedRows> {
  const bundles: StoredBundle[] = [];
  await inParallel(shardsAtOnce, shardsEver(await plans.shardPlan(merchant)), async ({ shard }) => {
    bundles.push(...(await bundlesOf(journal, { merchant, shard, hour })));
  });
  return mergeAll(bundles).rows;
}

function* rowsOf(bundle: MergedRows): Iterable<OrderedRow> {
  for (let row = 0; row < bundle.count; row++) {
    const origin = bundle.origins[bundle.originIndex[row] ?? 0];
    if (origin === undefined || bundle.kind(row) !== "event") continue;
    yield { time: bundle.times[row] ?? 0, bundle, row, origin, originRow: bundle.originRow[row] ?? 0 };
  }
}

/** Errors: throws where the trace does not know a row, which reading bundles before statements rules out. */
async function found(trace: CustomerTrace, hour: Hour, rows: readonly OrderedRow[]): Promise<readonly FoundRow[]> {
  const known = await trace.byKey(hour);
  return rows.map((row) => {
    const traced = known.get(rowKey(row));
    if (traced === undefined) throw new Error("a stored event is in no statement and in no news");
    return { trace, row: traced };
  });
}
