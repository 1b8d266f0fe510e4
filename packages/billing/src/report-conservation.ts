import { hourOf, hourPlus, hourStart, keptMeters, metersOf, type NewsStores } from "@farthing/metering";
import { type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import { keptPlans } from "@farthing/pricing";
import {
  type AcceptedEvents,
  type AcceptedStores,
  countAccepted,
  countAcceptedByCustomer,
  type HourRange,
} from "./accepted-events.ts";
import type { Customers } from "./customer.ts";
import { type ConservationStores, type EventCounts, noEvents } from "./customer-conservation.ts";
import { timeText } from "./documents.ts";
import { countMeters, type MeterCounts } from "./meter-conservation.ts";
import { type CountedOutcomes, countOutcomes, totalOf } from "./outcome-count.ts";
import type { ReportProgress } from "./report-progress.ts";

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

/** No meter has this key. */
export interface NoSuchMeter {
  readonly code: "unknown_meter";
  readonly meter: string;
}

/** What became of some accepted events; `gap` is what is missing, and zero. Counts of events. */
export interface OutcomeSums extends Readonly<EventCounts> {
  readonly accepted: number;
  readonly gap: number;
}

/** One customer's part of a report. */
export interface CustomerSums extends OutcomeSums {
  readonly customer: string;
}

/** What became of every event that was accepted for some hours; those of bundles that do not decode are open as well. */
export interface ConservationReport extends OutcomeSums {
  readonly from: string;
  readonly to: string;
  readonly quarantined: number;
  readonly customers?: readonly CustomerSums[];
  readonly meters?: readonly MeterCounts[];
  /** Where to go on: the numbers are of the customers counted so far, `gap` is known once all are, and so are meters. */
  readonly next?: ReportProgress;
}

/** The events of all meters could not be counted in the time that an answer has. */
export interface ReportTooLarge {
  readonly code: "report_too_large";
}

/** What to report on. Units: milliseconds of event time. */
export interface ReportQuery {
  readonly merchant: MerchantId;
  readonly from: number;
  readonly to: number;
  readonly customer?: CustomerId | undefined;
  readonly meter?: string | undefined;
  readonly groupBy?: "customer" | "meter" | undefined;
}

/** How to read a report in parts: from where on, and when to stop; without it, it is read whole. */
export interface ReportPace {
  readonly resume?: ReportProgress | undefined;
  isOver?(): boolean;
}

const maxHours = 24 * 400;
/** Meters are counted event by event, so that a report of them reads less. */
const maxMeterHours = 24 * 31;

/**
 * Holds what bundles say was accepted against what statements and seals made of it, over the whole hours that a range of
 * event time touches; for one customer or all, and apart by customer or by meter. Events that arrive while it counts are no
 * gap. Once the time is up it stops behind a customer, with what it counted so far; read on from there, the last part has the
 * sums of all.
 *
 * Units: milliseconds. Errors: `invalid_range`, `unknown_meter`, `report_too_large`. Source: docs/metering.md, "Conservation".
 */
export async function reportConservation(
  stores: ReportStores,
  query: ReportQuery,
  pace: ReportPace = {},
): Promise<Result<ConservationReport, InvalidRange | NoSuchMeter | ReportTooLarge>> {
  const { merchant, from, to, meter } = query;
  const hours: HourRange = { from: hourOf(from), to: hourPlus(hourOf(to - 1), 1) };
  const refused = rangeProblem(query, hours);
  if (refused !== undefined) return err({ code: "invalid_range", detail: refused });
  const known = meter === undefined ? [] : metersOf(await stores.meters.currentMeters(merchant));
  if (meter !== undefined && !known.some(({ key }) => key === meter)) return err({ code: "unknown_meter", meter });
  const kept = { ...stores, meters: keptMeters(stores.meters), plans: keptPlans(stores.plans) };
  const range = { from: timeText(hourStart(hours.from)), to: timeText(hourStart(hours.to)) };
  const sums = await sumsOf(kept, { ...query, hours }, pace);
  if (sums.next !== undefined || (meter === undefined && query.groupBy !== "meter")) return ok({ ...range, ...sums });
  const byCustomer = query.groupBy === "customer";
  const scope = { merchant, customer: query.customer, hours, meter, byCustomer };
  const meters = await countMeters(kept, scope, pace.isOver);
  return meters === undefined ? err({ code: "report_too_large" }) : ok({ ...range, ...sums, meters });
}

function rangeProblem({ from, to, meter, groupBy }: ReportQuery, hours: HourRange): string | undefined {
  if (to <= from) return "`from` has to lie before `to`.";
  if (hours.to - hours.from > maxHours) return "A report covers 400 days at most.";
  const byMeter = meter !== undefined || groupBy === "meter";
  return byMeter && hours.to - hours.from > maxMeterHours ? "A report of meters covers 31 days at most." : undefined;
}

type Sums = Omit<ConservationReport, "from" | "to" | "meters">;

interface SumsQuery extends ReportQuery {
  readonly hours: HourRange;
}

async function sumsOf(stores: ReportStores, query: SumsQuery, pace: ReportPace): Promise<Sums> {
  const { merchant, customer, groupBy, meter, hours } = query;
  if (customer !== undefined) return await sumsOfOne(stores, { ...query, customer });
  if (groupBy !== "customer" || meter !== undefined) return (await allSums(stores, query, pace)).sums;
  const before = await countAcceptedByCustomer(stores.journal, merchant, hours);
  const { sums: whole, counts } = await allSums(stores, query, pace);
  const after = await countAcceptedByCustomer(stores.journal, merchant, hours);
  const [first, last] = [pace.resume?.after, whole.next?.after];
  const isNew = (id: CustomerId) => (first === undefined || id > first) && (last === undefined || id <= last);
  const ids = [...new Set([...before.keys(), ...counts.keys()])].filter(isNew).sort();
  const customers = ids.map((id) => {
    const [least, most] = [before.get(id) ?? 0, after.get(id) ?? 0];
    return { customer: id as string, ...sums(counts.get(id) ?? noEvents(), least, most) };
  });
  return { ...whole, customers };
}

async function sumsOfOne(
  stores: ReportStores,
  { merchant, customer, hours }: SumsQuery & { readonly customer: CustomerId },
): Promise<Sums> {
  const accepted = async () => (await countAcceptedByCustomer(stores.journal, merchant, hours)).get(customer) ?? 0;
  const before = await accepted();
  const { counts } = await countOutcomes(stores, { merchant, customer, hours });
  return { ...sums(totalOf(counts.values()), before, await accepted()), quarantined: 0 };
}

/** The sums of all customers, or of those up to where the time was up, and the counts of those that were counted just now. */
async function allSums(
  stores: ReportStores,
  query: SumsQuery,
  { resume, isOver }: ReportPace,
): Promise<{ readonly sums: Sums; readonly counts: CountedOutcomes["counts"] }> {
  const { merchant, hours } = query;
  const { accepted, quarantined } = resume ?? (await countAccepted(stores.journal, merchant, hours));
  const pace = { after: resume?.after, ...(isOver === undefined ? {} : { isOver }) };
  const { counts, next } = await countOutcomes(stores, { merchant, hours }, pace);
  const known = totalOf([...(resume === undefined ? [] : [resume.counts]), ...counts.values()]);
  const total = { ...known, open: known.open + quarantined };
  if (next === undefined) {
    const after: AcceptedEvents = await countAccepted(stores.journal, merchant, hours);
    return { sums: { ...sums(total, accepted, after.accepted), quarantined }, counts };
  }
  const progress = { after: next, accepted, quarantined, counts: known };
  return { sums: { ...sums(total, 0, Number.POSITIVE_INFINITY), quarantined, next: progress }, counts };
}

/** What was counted lies between what was accepted before and after counting, or something is missing or double. */
function sums(counts: EventCounts, least: number, most: number): OutcomeSums {
  const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const accepted = Math.min(Math.max(counted, least), most);
  return { accepted, ...counts, gap: accepted - counted };
}
