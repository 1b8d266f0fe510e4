import {
  type EventRefusal,
  placeOfRequest,
  type RejectedRequest,
  type Rejections,
  rejectedCountOf,
  rejectionsKeptMs,
} from "@farthing/metering";
import type { Clock, MerchantId } from "@farthing/money";
import { timeText } from "./documents.ts";
import type { EventFilter } from "./list-events.ts";
import type { Listed, ListPage } from "./read-customers.ts";

/**
 * A refused event as the debugger shows it, by what can be read of it; never its data. Where `more` is there, it stands for
 * that many further events of its request, which are counted but not named.
 */
export interface RejectedDocument {
  readonly key: string;
  readonly id?: string;
  readonly customer?: string;
  readonly type?: string;
  readonly receivedAt: string;
  readonly verdict: "rejected";
  readonly code: EventRefusal | "more_rejected";
  readonly reason: string;
  readonly index?: number;
  readonly more?: number;
}

/** What listing refused events reads. */
export interface RejectionStores {
  readonly rejections: Pick<Rejections, "rejected">;
  readonly clock: Clock;
}

/** Where a page goes on: behind a request, and behind so many items of the next. */
interface Position {
  readonly after?: string;
  readonly skip: number;
}

const requestsAtOnce = 100;

/** Lists refused events by when they were received, newest first, as far back as they are remembered. */
export async function listRejected(
  { rejections, clock }: RejectionStores,
  { merchant, from, to, limit, after, ...filter }: EventFilter & ListPage,
): Promise<Listed<RejectedDocument>> {
  const range = { from: Math.max(from, clock.now() - rejectionsKeptMs), to };
  let at: Position = after === undefined ? { skip: 0 } : (JSON.parse(after) as Position);
  const items: RejectedDocument[] = [];
  for (;;) {
    const { requests, next } = await rejections.rejected(merchant, {
      ...range,
      limit: requestsAtOnce,
      after: at.after,
    });
    for (const request of requests) {
      const shown = rejectedDocuments(request).slice(at.skip);
      for (const [number, item] of shown.entries()) {
        if (!fits(item, filter)) continue;
        if (items.length === limit) return { items, next: JSON.stringify({ ...at, skip: at.skip + number }) };
        items.push(item);
      }
      at = { after: placeOfRequest(request), skip: 0 };
    }
    if (next === undefined) return { items };
  }
}

/** The refused events of one request, and how many more there were. */
export function rejectedDocuments(request: RejectedRequest): readonly RejectedDocument[] {
  const receivedAt = timeText(request.receivedAt);
  const common = { receivedAt, verdict: "rejected" } as const;
  const named = request.events.map(({ index, message, ...event }) => ({
    ...common,
    key: `${placeOfRequest(request)}.${index}`,
    index,
    ...event,
    reason: message,
  }));
  const more = rejectedCountOf(request) - named.length;
  if (more <= 0) return named;
  const reason = `Further events of this request were refused; in all ${countsText(request)}.`;
  return [...named, { ...common, key: `${placeOfRequest(request)}.more`, code: "more_rejected", reason, more }];
}

/** Counts refused events by when they were received, as far back as they are remembered. */
export async function countRejected(
  { rejections, clock }: RejectionStores,
  { merchant, from, to }: { readonly merchant: MerchantId; readonly from: number; readonly to: number },
): Promise<number> {
  let [count, after]: [number, string | undefined] = [0, undefined];
  do {
    const range = { from: Math.max(from, clock.now() - rejectionsKeptMs), to, limit: requestsAtOnce, after };
    const page = await rejections.rejected(merchant, range);
    count += page.requests.reduce((sum, request) => sum + rejectedCountOf(request), 0);
    after = page.next;
  } while (after !== undefined);
  return count;
}

function fits(item: RejectedDocument, { customer, type, id }: Pick<EventFilter, "customer" | "type" | "id">): boolean {
  if (customer !== undefined && item.customer !== customer) return false;
  return (type === undefined || item.type === type) && (id === undefined || item.id === id);
}

function countsText({ counts }: RejectedRequest): string {
  return Object.entries(counts)
    .map(([code, count]) => `${count} ${code}`)
    .join(", ");
}
