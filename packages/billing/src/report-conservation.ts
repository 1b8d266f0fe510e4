import {
  foldNews,
  hourOf,
  hourPlus,
  hourStart,
  inParallel,
  keptMeters,
  type News,
  type NewsStores,
  readNews,
} from "@farthing/metering";
import { type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import { keptPlans } from "@farthing/pricing";
import { type AcceptedEvents, type AcceptedStores, countAccepted, type HourRange } from "./accepted-events.ts";
import type { Customers } from "./customer.ts";
import {
  addCounts,
  type ConservationStores,
  countNews,
  countStatements,
  type EventCounts,
  noEvents,
} from "./customer-conservation.ts";
import { timeText } from "./documents.ts";

/** What the conservation report reads. */
export interface ReportStores extends ConservationStores {
  readonly customers: Customers;
  readonly journal: AcceptedStores & NewsStores;
}

/** The report's range of time is empty or longer than it reads. */
export interface InvalidRange {
  readonly code: "invalid_range";
  readonly detail: string;
}

/** What became of every event that was accepted for some hours; `gap` is what is missing, and zero. Counts of events. */
export interface ConservationReport extends Readonly<EventCounts> {
  readonly from: string;
  readonly to: string;
  readonly accepted: number;
  readonly gap: number;
}

const maxHours = 24 * 400;
const customersAtOnce = 16;

/**
 * Holds what bundles say was accepted against what statements and seals made of it, over the whole hours that a range of
 * event time touches. Events that arrive while it counts are no gap.
 *
 * Units: milliseconds. Errors: `invalid_range`. Source: docs/metering.md, "Conservation".
 */
export async function reportConservation(
  stores: ReportStores,
  { merchant, from, to }: { readonly merchant: MerchantId; readonly from: number; readonly to: number },
): Promise<Result<ConservationReport, InvalidRange>> {
  const hours: HourRange = { from: hourOf(from), to: hourPlus(hourOf(to - 1), 1) };
  if (to <= from) return err({ code: "invalid_range", detail: "`from` has to lie before `to`." });
  if (hours.to - hours.from > maxHours)
    return err({ code: "invalid_range", detail: "A report covers 400 days at most." });
  const before = await countAccepted(stores.journal, merchant, hours);
  const kept = { ...stores, meters: keptMeters(stores.meters), plans: keptPlans(stores.plans) };
  const counts = await countOutcomes(kept, merchant, hours);
  counts.open += before.quarantined;
  const after = await countAccepted(stores.journal, merchant, hours);
  const { accepted, gap } = compare(counts, before, after);
  return ok({ from: timeText(hourStart(hours.from)), to: timeText(hourStart(hours.to)), accepted, ...counts, gap });
}

/** What was counted lies between what was accepted before and after counting, or something is missing or double. */
function compare(
  counts: EventCounts,
  before: AcceptedEvents,
  after: AcceptedEvents,
): { readonly accepted: number; readonly gap: number } {
  const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const accepted = Math.min(Math.max(counted, before.accepted), after.accepted);
  return { accepted, gap: accepted - counted };
}

async function countOutcomes(stores: ReportStores, merchant: MerchantId, hours: HourRange): Promise<EventCounts> {
  const around = { from: hourPlus(hours.from, -1), to: hourPlus(hours.to, 1) };
  const news = await readNews(stores.journal, { merchant, ...around });
  const counts = noEvents();
  await inParallel(customersAtOnce, await everyCustomer(stores, merchant, news), async (customer) => {
    const ref = { merchant, customer };
    const statements = await stores.log.entriesOfHours(ref, hourPlus(around.from, -1), hourPlus(around.to, 1));
    const folds = await foldNews(stores.log, ref, { hours: news.get(customer) ?? new Map(), statements });
    const within = (hour: number) => hour >= hours.from && hour < hours.to;
    addCounts(counts, countNews([...folds].filter(([hour]) => within(hour)).map(([, fold]) => fold)));
    addCounts(
      counts,
      await countStatements(
        stores,
        ref,
        statements.filter(({ hour }) => within(hour)),
      ),
    );
  });
  return counts;
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
