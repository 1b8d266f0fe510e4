import { type CustomerId, err, formatMoney, formatPicos, type MerchantId, ok, type Result } from "@farthing/money";
import type { Collection, CollectionStatus, Collections } from "./collection.ts";
import { timeText } from "./documents.ts";
import { invoiceId, parseInvoiceId } from "./invoice-id.ts";
import type { Movement } from "./payment-rail.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import type { Reconciliation, Reconciliations } from "./reconciliation.ts";

/** A collection as the API shows it. */
export type CollectionDocument = ReturnType<typeof collectionDocument>;

const timeOr = (at: number | undefined) => (at === undefined ? undefined : timeText(at));

function movementDocument({ id, amount, fee, currency, at }: Movement) {
  return { id, amount: formatMoney(amount, currency), fee: formatMoney(fee, currency), currency, at: timeText(at) };
}

/** A collection as the API shows it. */
export function collectionDocument(collection: Collection) {
  const { customer, settlement, currency, amount, status, payment, attempts, movement, refunds, reason } = collection;
  return {
    invoice: invoiceId(collection),
    customer,
    settlement,
    currency,
    amount: formatMoney(amount, currency),
    status,
    payment,
    reason,
    openedAt: timeText(collection.openedAt),
    dueAt: timeOr(collection.dueAt),
    pastDueAt: timeOr(collection.pastDueAt),
    closedAt: timeOr(collection.closedAt),
    attempts: attempts.map(({ at, ...rest }) => ({ at: timeText(at), ...rest })),
    received: movement === undefined ? undefined : movementDocument(movement),
    refunds: refunds.map((refund) => ({
      key: refund.key,
      amount: formatMoney(refund.amount, currency),
      status: refund.status,
      requestedAt: timeText(refund.requestedAt),
      id: refund.id,
      code: refund.code,
    })),
  };
}

/** Shows what became of an invoice's collection. Errors: `not_found`, also where it is not collected. */
export async function getCollection(
  { collections }: { readonly collections: Pick<Collections, "collection"> },
  { merchant, id }: { readonly merchant: MerchantId; readonly id: string },
): Promise<Result<CollectionDocument, NotFound>> {
  const name = parseInvoiceId(id);
  const found = name === undefined ? undefined : await collections.collection({ merchant, ...name });
  return found === undefined ? err({ code: "not_found" }) : ok(collectionDocument(found));
}

/** Which collections to list. */
export interface CollectionFilter extends ListPage {
  readonly merchant: MerchantId;
  readonly status?: CollectionStatus | undefined;
  readonly customer?: CustomerId | undefined;
}

/** Lists collections with something left to do, in the order of lists that a merchant's are spread over. */
export async function listCollections(
  { collections }: { readonly collections: Pick<Collections, "openOnes"> },
  { merchant, limit, status, customer, ...rest }: CollectionFilter,
): Promise<Result<Listed<CollectionDocument>, never>> {
  const items: CollectionDocument[] = [];
  let after = rest.after;
  do {
    const page = { limit: limit - items.length, ...(after === undefined ? {} : { after }) };
    const { collections: found, next } = await collections.openOnes(merchant, page);
    const asked = found.filter(
      (one) => (status === undefined || one.status === status) && (customer === undefined || one.customer === customer),
    );
    items.push(...asked.map(collectionDocument));
    after = next;
  } while (after !== undefined && items.length < limit);
  return ok({ items, ...(after === undefined ? {} : { next: after }) });
}

/** Shows the last comparison of our books with the rail. Errors: `not_found` before the first. */
export async function reportCollection(
  { reconciliations }: { readonly reconciliations: Pick<Reconciliations, "last"> },
  { merchant }: { readonly merchant: MerchantId },
): Promise<Result<ReconciliationDocument, NotFound>> {
  const last = await reconciliations.last(merchant);
  return last === undefined ? err({ code: "not_found" }) : ok(reconciliationDocument(last));
}

/** A reconciliation as the API shows it. */
export type ReconciliationDocument = ReturnType<typeof reconciliationDocument>;

function reconciliationDocument({ from, to, checkedAt, movements, totals, mended, unmatched }: Reconciliation) {
  return {
    from: timeText(from),
    to: timeText(to),
    checkedAt: timeText(checkedAt),
    movements,
    totals: totals.map(({ currency, ours, theirs, ourFees, theirFees }) => ({
      currency,
      ours: formatPicos(ours),
      theirs: formatPicos(theirs),
      ourFees: formatPicos(ourFees),
      theirFees: formatPicos(theirFees),
    })),
    mended,
    unmatched: unmatched.map(({ at, ...rest }) => ({ ...rest, at: timeText(at) })),
  };
}
