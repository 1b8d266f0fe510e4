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
import { countOutcomes, totalOf } from "./outcome-count.ts";

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

const maxHours = 24 * 400;
/** Meters are counted event by event, so that a report of them reads less. */
const maxMeterHours = 24 * 31;

/**
 * Holds what bundles say was accepted against what statements and seals made of it, over the whole hours that a range of
 * event time touches; for one customer or all, and apart by customer or by meter. Events that arrive while it counts are no
 * gap.
 *
 * Units: milliseconds. Errors: `invalid_range`, `unknown_meter`. Source: docs/metering.md, "Conservation".
 */
export async function reportConservation(
  stores: ReportStores,
  query: ReportQuery,
): Promise<Result<ConservationReport, InvalidRange | NoSuchMeter>> {
  const { merchant, from, to, meter } = query;
  const hours: HourRange = { from: hourOf(from), to: hourPlus(hourOf(to - 1), 1) };
  const refused = rangeProblem(query, hours);
  if (refused !== undefined) return err({ code: "invalid_range", detail: refused });
  const known = meter === undefined ? [] : metersOf(await stores.meters.currentMeters(merchant));
  if (meter !== undefined && !known.some(({ key }) => key === meter)) return err({ code: "unknown_meter", meter });
  const kept = { ...stores, meters: keptMeters(stores.meters), plans: keptPlans(stores.plans) };
  const range = { from: timeText(hourStart(hours.from)), to: timeText(hourStart(hours.to)) };
  return ok({ ...range, ...(await sumsOf(kept, query, hours)), ...(await metersPart(kept, query, hours)) });
}

function rangeProblem({ from, to, meter, groupBy }: ReportQuery, hours: HourRange): string | undefined {
  if (to <= from) return "`from` has to lie before `to`.";
  if (hours.to - hours.from > maxHours) return "A report covers 400 days at most.";
  const byMeter = meter !== undefined || groupBy === "meter";
  return byMeter && hours.to - hours.from > maxMeterHours ? "A report of meters covers 31 days at most." : undefined;
}

type Sums = Omit<ConservationReport, "from" | "to" | "meters">;

async function sumsOf(
  stores: ReportStores,
  { merchant, customer, groupBy, meter }: ReportQuery,
  hours: HourRange,
): Promise<Sums> {
  if (customer === undefined && (groupBy !== "customer" || meter !== undefined)) {
    return await wholeSums(stores, merchant, hours);
  }
  const before = await countAcceptedByCustomer(stores.journal, merchant, hours);
  const counts = await countOutcomes(stores, { merchant, customer, hours });
  const after = await countAcceptedByCustomer(stores.journal, merchant, hours);
  const ids = customer === undefined ? [...new Set([...before.keys(), ...counts.keys()])].sort() : [customer];
  const customers = ids.map((id) => {
    const [least, most] = [before.get(id) ?? 0, after.get(id) ?? 0];
    return { customer: id as string, ...sums(counts.get(id) ?? noEvents(), least, most) };
  });
  if (customer !== undefined)
    return { ...sums(totalOf(counts.values()), before.get(customer) ?? 0, after.get(customer) ?? 0), quarantined: 0 };
  return { ...(await wholeSums(stores, merchant, hours)), customers };
}

async function wholeSums(stores: ReportStores, merchant: MerchantId, hours: HourRange): Promise<Sums> {
  const before = await countAccepted(stores.journal, merchant, hours);
  const counts = totalOf((await countOutcomes(stores, { merchant, hours })).values());
  counts.open += before.quarantined;
  const after: AcceptedEvents = await countAccepted(stores.journal, merchant, hours);
  return { ...sums(counts, before.accepted, after.accepted), quarantined: before.quarantined };
}

async function metersPart(
  stores: ReportStores,
  { merchant, customer, meter, groupBy }: ReportQuery,
  hours: HourRange,
): Promise<Pick<ConservationReport, "meters">> {
  if (meter === undefined && groupBy !== "meter") return {};
  return {
    meters: await countMeters(stores, { merchant, customer, hours, meter, byCustomer: groupBy === "customer" }),
  };
}

/** What was counted lies between what was accepted before and after counting, or something is missing or double. */
function sums(counts: EventCounts, least: number, most: number): OutcomeSums {
  const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const accepted = Math.min(Math.max(counted, least), most);
  return { accepted, ...counts, gap: accepted - counted };
}
