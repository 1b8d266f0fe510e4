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

const customersAtOnce = 16;
/** Whether a copy counts hangs on the hour before it, that on the one before, and so on. Units: hours. */
const chained = 24;

/** Counts what became of events, customer by customer; those without any are left out. */
export async function countOutcomes(
  stores: ReportStores,
  { merchant, customer, hours }: OutcomeScope,
): Promise<ReadonlyMap<CustomerId, EventCounts>> {
  const only = customer === undefined ? {} : { customer };
  const around = { from: hourPlus(hours.from, -chained), to: hourPlus(hours.to, 1) };
  const news = await readNews(stores.journal, { merchant, ...only, ...around });
  const customers = customer === undefined ? await everyCustomer(stores, merchant, news) : [customer];
  const found = new Map<CustomerId, EventCounts>();
  await inParallel(customersAtOnce, customers, async (one) => {
    const counts = await countCustomer(stores, { merchant, customer: one, hours }, news);
    if (Object.values(counts).some((count) => count !== 0)) found.set(one, counts);
  });
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
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

async function everyCustomer(
  { customers }: ReportStores,
  merchant: MerchantId,
  news: News,
): Promise<readonly CustomerId[]> {
  const all = new Set(news.keys());
  let after: CustomerId | undefined;
  do {
    const page = await customers.customers(merchant, { limit: 500, ...(after === undefined ? {} : { after }) });
    for (const { id } of page.customers) all.add(id);
    after = page.next;
  } while (after !== undefined);
  return [...all].sort();
}
