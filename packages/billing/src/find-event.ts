import type { CustomerId, MerchantId } from "@farthing/money";
import { err, ok, type Result } from "@farthing/money";
import type { EventDocument } from "./event-document.ts";
import { listEvents } from "./list-events.ts";
import type { NotFound } from "./read-customers.ts";
import type { InvalidRange, ReportStores } from "./report-conservation.ts";

/** Which event: an identity, in a stretch of event time. Units: milliseconds. */
export interface EventQuestion {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly customer: CustomerId;
  readonly source?: string | undefined;
  readonly from: number;
  readonly to: number;
}

const copiesShown = 100;

/**
 * Shows every copy that was sent of one event, newest first. Without a source, those of any source.
 *
 * Errors: `invalid_range`, `not_found` where there is none.
 */
export async function findEvent(
  stores: ReportStores,
  question: EventQuestion,
): Promise<Result<{ readonly items: readonly EventDocument[]; readonly more: boolean }, InvalidRange | NotFound>> {
  const items: EventDocument[] = [];
  let after: string | undefined;
  do {
    const page = await listEvents(stores, { ...question, limit: copiesShown, after });
    if (!page.ok) return page;
    items.push(...page.value.items);
    after = page.value.next;
  } while (after !== undefined && items.length < copiesShown);
  if (items.length === 0) return err({ code: "not_found" });
  return ok({ items: items.slice(0, copiesShown), more: after !== undefined });
}
