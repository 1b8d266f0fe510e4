import { hourPlus, hourStart } from "@farthing/metering";
import { ok, type Result } from "@farthing/money";
import type { ConservationChecks } from "./conservation-check.ts";
import type { EventCounts } from "./customer-conservation.ts";
import { timeText } from "./documents.ts";
import { countRejected, type RejectionStores } from "./list-rejected.ts";
import {
  type ConservationReport,
  type InvalidRange,
  type NoSuchMeter,
  type ReportQuery,
  type ReportStores,
  type ReportTooLarge,
  reportConservation,
} from "./report-conservation.ts";
import { parseProgress, progressText } from "./report-progress.ts";

/** What showing a report reads. */
export interface ReportDocumentStores extends ReportStores, Omit<RejectionStores, "clock"> {
  readonly checks: Pick<ConservationChecks, "lastCheck">;
}

/** One customer's or meter's part of a report; `events` lists what is behind its numbers, with `&outcome=` any one of them. */
export interface GroupDocument extends Readonly<EventCounts> {
  readonly customer?: string;
  readonly meter?: string;
  readonly accepted: number;
  readonly gap?: number;
  readonly quantities?: Readonly<Record<keyof EventCounts, string | null>>;
  readonly events: string;
}

/** What a scheduled check last found. */
export interface CheckDocument {
  readonly through: string;
  readonly checkedAt: string;
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly gap: number }[];
}

/** The conservation report as the API shows it; `rejected` counts refused events of the range by when they were received. */
export interface ReportDocument extends Readonly<EventCounts> {
  readonly from: string;
  readonly to: string;
  readonly accepted: number;
  readonly gap: number;
  readonly quarantined: number;
  readonly rejected?: number;
  readonly check?: CheckDocument;
  readonly events: string;
  readonly groups?: readonly GroupDocument[];
  /** Where the next part begins. Until there is none, numbers are of the customers so far, and `groups` of this part. */
  readonly next?: string;
}

/** Which report to show, and from where on: what the part before answered as `next`. */
export interface ReportRequest extends ReportQuery {
  readonly after?: string | undefined;
}

/** For how long customers are counted for one answer: half of what the gateway waits. Units: milliseconds. */
const countingMs = 12_000;

/**
 * Reports what became of events, with links to those behind each number. What cannot be counted in time for an answer is
 * counted in the next, from `next` on. Errors: those of `reportConservation`.
 */
export async function conservationDocument(
  stores: ReportDocumentStores,
  { after, ...query }: ReportRequest,
): Promise<Result<ReportDocument, InvalidRange | NoSuchMeter | ReportTooLarge>> {
  const resume = after === undefined ? undefined : parseProgress(after);
  const { clock } = stores.journal;
  const end = clock.now() + countingMs;
  const report = await reportConservation(stores, query, { resume, isOver: () => clock.now() >= end });
  if (!report.ok) return report;
  const { customers: _, meters: __, next, ...sums } = report.value;
  const groups = groupsOf(report.value, query);
  const events = link(report.value, { customer: query.customer });
  const shown = { ...sums, events, ...(groups === undefined ? {} : { groups }) };
  if (next !== undefined) return ok({ ...shown, next: progressText(next) });
  return ok({ ...shown, ...(await refusedIn(stores, query)), ...(await checkOf(stores, query)) });
}

async function refusedIn(
  { rejections, journal: { clock } }: ReportDocumentStores,
  query: ReportQuery,
): Promise<{ readonly rejected?: number }> {
  if (query.customer !== undefined || query.meter !== undefined) return {};
  return { rejected: await countRejected({ rejections, clock }, query) };
}

async function checkOf(
  { checks }: ReportDocumentStores,
  { merchant }: ReportQuery,
): Promise<{ readonly check?: CheckDocument }> {
  const last = await checks.lastCheck(merchant);
  if (last === undefined) return {};
  const gaps = last.gaps.map(({ hour, gap }) => ({
    from: timeText(hourStart(hour)),
    to: timeText(hourStart(hourPlus(hour, 1))),
    gap,
  }));
  return { check: { through: timeText(hourStart(last.through)), checkedAt: timeText(last.checkedAt), gaps } };
}

function groupsOf(report: ConservationReport, { customer: only }: ReportQuery): readonly GroupDocument[] | undefined {
  if (report.meters !== undefined) {
    return report.meters.map(({ events, meter, customer, ...counts }) => ({
      ...(customer === undefined ? {} : { customer }),
      meter,
      ...counts,
      ...events,
      events: link(report, { customer: customer ?? only, meter }),
    }));
  }
  return report.customers?.map((sums) => ({ ...sums, events: link(report, { customer: sums.customer }) }));
}

function link(
  { from, to }: ConservationReport,
  { customer, meter }: { readonly customer?: string | undefined; readonly meter?: string | undefined },
): string {
  const named = {
    from,
    to,
    ...(customer === undefined ? {} : { customer }),
    ...(meter === undefined ? {} : { meter }),
  };
  return `/v1/events?${new URLSearchParams(named)}`;
}
