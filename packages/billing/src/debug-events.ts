import { aheadMs } from "@farthing/metering";
import type { CustomerId, MerchantId } from "@farthing/money";
import { err, ok, type Result } from "@farthing/money";
import type { EventDocument } from "./event-document.ts";
import { findEvent } from "./find-event.ts";
import { type EventFilter, listEvents } from "./list-events.ts";
import { listRejected, type RejectedDocument, type RejectionStores } from "./list-rejected.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import type { InvalidRange, ReportStores } from "./report-conservation.ts";

const dayMs = 86_400_000;

/** What the debugger reads. */
export interface DebugStores extends ReportStores, RejectionStores {}

/** Times that a question may leave out. Units: milliseconds. */
type Open<T> = Omit<T, "from" | "to"> & { readonly from?: number | undefined; readonly to?: number | undefined };

/**
 * Lists events with their verdict: accepted ones by event time, refused ones, where those are asked for, by receipt. Without
 * a range it looks at the last 35 days of a customer, or at the last day of all.
 *
 * Errors: `invalid_range`.
 */
export async function debugEvents(
  stores: DebugStores,
  question: Open<EventFilter> & ListPage,
): Promise<Result<Listed<EventDocument | RejectedDocument>, InvalidRange>> {
  const back = question.customer === undefined && question.verdict !== "rejected" ? dayMs : 35 * dayMs;
  const filter = { ...question, ...rangeOf(stores, question, back) };
  if (filter.verdict !== "rejected") return await listEvents(stores, filter);
  if (filter.to <= filter.from) return err({ code: "invalid_range", detail: "`from` has to lie before `to`." });
  return ok(await listRejected(stores, filter));
}

/** Shows every copy of one event, of the last 35 days where no range is given. Errors: `invalid_range`, `not_found`. */
export async function debugEvent(
  stores: DebugStores,
  question: Open<{
    readonly merchant: MerchantId;
    readonly id: string;
    readonly customer: CustomerId;
    readonly source?: string | undefined;
    readonly from: number;
    readonly to: number;
  }>,
): Promise<Result<{ readonly items: readonly EventDocument[]; readonly more: boolean }, InvalidRange | NotFound>> {
  return await findEvent(stores, { ...question, ...rangeOf(stores, question, 35 * dayMs) });
}

function rangeOf(
  { clock }: DebugStores,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
  backMs: number,
): { readonly from: number; readonly to: number } {
  // Functions' clocks may be some seconds apart, and events may be minutes ahead.
  const end = to ?? clock.now() + 2 * aheadMs;
  return { from: from ?? end - backMs, to: end };
}
