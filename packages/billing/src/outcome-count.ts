import { foldNews, hourPlus, inParallel, type News, readNews } from "@farthing/metering";
import type { CustomerId, MerchantId } from "@farthing/money";
import type { HourRange } from "./accepted-events.ts";
import { addCounts, countNews, countStatements, type EventCounts, noEvents } from "./customer-conservation.ts";
import type { ReportStores } from "./report-conservation.ts";

/** Whose events to count, in which hours. */
export interface OutcomeScope {
  readonly merchant: MerchantId;
  readonly customer?: CustomerId | undefined;
  readonly hours: HourRange;
}

/** Customers before whom a count may stop. */
const customersAPage = 200;
const customersAtOnce = 32;
/** Whether a copy counts hangs on the hour before it, that on the one before, and so on. Units: hours. */
const chained = 24;

/** What became of events by customer; those without any are left out. `next` is the last who was counted before the time was up. */
export interface CountedOutcomes {
  readonly counts: ReadonlyMap<CustomerId, EventCounts>;
  readonly next?: CustomerId;
}

/** From behind which customer to count, and when to stop. */
export interface Pace {
  readonly after?: CustomerId | undefined;
  isOver?(): boolean;
}

/** Counts what became of events, customer by customer in order of their ids, until none is left or the time is up. */
export async function countOutcomes(
  stores: ReportStores,
  { merchant, customer, hours }: OutcomeScope,
  { after, isOver = () => false }: Pace = {},
): Promise<CountedOutcomes> {
  const only = customer === undefined ? {} : { customer };
  const around = { from: hourPlus(hours.from, -chained), to: hourPlus(hours.to, 1) };
  const news = await readNews(stores.journal, { merchant, ...only, ...around });
  const found = new Map<CustomerId, EventCounts>();
  const count = (customers: readonly CustomerId[]) =>
    inParallel(customersAtOnce, customers, async (one) => {
      const counts = await countCustomer(stores, { merchant, customer: one, hours }, news);
      if (Object.values(counts).some((number) => number !== 0)) found.set(one, counts);
    });
  const inOrder = () => new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (customer !== undefined) {
    await count([customer]);
    return { counts: inOrder() };
  }
  for (let last = after; ; ) {
    const { ids, next } = await nextCustomers(stores, merchant, { after: last, named: news.keys() });
    await count(ids);
    if (next === undefined) return { counts: inOrder() };
    if (isOver()) return { counts: inOrder(), next };
    last = next;
  }
}

async function countCustomer(
  stores: ReportStores,
  { merchant, customer, hours }: OutcomeScope & { readonly customer: CustomerId },
  news: News,
): Promise<EventCounts> {
  const ref = { merchant, customer };
  const own = news.get(customer) ?? new Map();
  const first = Math.min(hours.from, ...own.keys());
  const from = hourPlus(hours.from, first - hours.from - 2);
  const statements = await stores.log.entriesOfHours(ref, from, hourPlus(hours.to, 2));
  const folds = await foldNews(stores.log, ref, { hours: own, statements });
  const within = (hour: number) => hour >= hours.from && hour < hours.to;
  const counts = countNews([...folds].filter(([hour]) => within(hour)).map(([, fold]) => fold));
  const inRange = statements.filter(({ hour }) => within(hour));
  addCounts(counts, await countStatements(stores, ref, inRange));
  return counts;
}

/** Adds up the counts of several customers. */
export function totalOf(counts: Iterable<EventCounts>): EventCounts {
  const total = noEvents();
  for (const one of counts) addCounts(total, one);
  return total;
}

/** The next customers of the list, with those between them who are named and may not be in it yet. */
async function nextCustomers(
  { customers }: ReportStores,
  merchant: MerchantId,
  { after, named }: { readonly after: CustomerId | undefined; readonly named: Iterable<CustomerId> },
): Promise<{ readonly ids: readonly CustomerId[]; readonly next?: CustomerId | undefined }> {
  const listed = await customers.customers(merchant, {
    limit: customersAPage,
    ...(after === undefined ? {} : { after }),
  });
  const { next } = listed;
  const among = [...named].filter((id) => (after === undefined || id > after) && (next === undefined || id <= next));
  return { ids: [...new Set([...among, ...listed.customers.map(({ id }) => id)])].sort(), next };
}
