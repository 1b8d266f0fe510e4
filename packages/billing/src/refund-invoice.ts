import { err, type MerchantId, noMoney, ok, type Picos, type Result, sum } from "@farthing/money";
import type { CollectingStores } from "./collecting.ts";
import type { Collection, CollectionChange, CollectionRefund } from "./collection.ts";
import { changed, refOf } from "./collection-plan.ts";
import { commit, type Step, stepFor } from "./collection-step.ts";
import { invoiceId, parseInvoiceId } from "./invoice-id.ts";
import type { RailRefund } from "./payment-rail.ts";
import { railCount } from "./rail-currency.ts";
import type { NotFound } from "./read-customers.ts";
import { tellNotices } from "./tell-notices.ts";

/** A refund of a collected invoice. The key says which: the same again is the same refund. Units: picos. */
export interface RefundRequest {
  readonly merchant: MerchantId;
  readonly invoice: string;
  readonly amount: Picos;
  readonly key: string;
}

/** Why nothing is given back. */
export type NotRefunded =
  | NotFound
  | { readonly code: "idempotency_conflict" | "not_paid" | "invalid_amount" | "refund_too_large" | "try_again" };

const [hourMs, keyHours, windowHours] = [3_600_000, 23, 25] as const;
const retryMs = 60_000;

/**
 * Gives money back for an invoice that was collected. Answered as soon as the refund is stored; it is sent at once, and
 * again until the rail has said what became of it.
 *
 * Errors, in this order: `not_found`, `idempotency_conflict`, `not_paid`, `invalid_amount` (none, or a fraction that the
 * rail cannot write), `refund_too_large` (more than is left), `try_again` (the collection changed meanwhile).
 */
export async function refundInvoice(
  stores: CollectingStores,
  { merchant, invoice, amount, key }: RefundRequest,
): Promise<Result<CollectionRefund, NotRefunded>> {
  const name = parseInvoiceId(invoice);
  const step = name === undefined ? undefined : await stepFor(stores, { merchant, ...name });
  if (step === undefined) return err({ code: "not_found" });
  const { collection } = step;
  const known = collection.refunds.find((refund) => refund.key === key);
  if (known !== undefined) return known.amount === amount ? ok(known) : err({ code: "idempotency_conflict" });
  if (collection.status !== "paid") return err({ code: "not_paid" });
  if (amount <= noMoney || railCount(stores.currencies, amount, collection.currency) === undefined)
    return err({ code: "invalid_amount" });
  const before = collection.refunds.filter(({ status }) => status !== "failed");
  if (sum([amount, ...before.map((refund) => refund.amount)]) > collection.amount)
    return err({ code: "refund_too_large" });
  const refund: CollectionRefund = { key, amount, status: "sending", requestedAt: step.now };
  const refunds = [...collection.refunds, refund];
  const stored = await commit(step, { collection: changed(collection, { refunds, dueAt: step.now }) });
  if (stored === undefined) return err({ code: "try_again" });
  const settled = await settleRefunds(step, stored);
  if (settled !== undefined) await tellNotices(stores, settled);
  return ok(settled?.refunds.find((one) => one.key === key) ?? refund);
}

/** Sends refunds that are under way, each looked up by our key before it is sent again. */
export async function settleRefunds(step: Step, collection: Collection): Promise<Collection | undefined> {
  let stored: Collection | undefined = collection;
  for (const refund of collection.refunds)
    if (stored !== undefined && refund.status === "sending") stored = await settleRefund(step, stored, refund);
  return stored;
}

async function settleRefund(step: Step, before: Collection, refund: CollectionRefund): Promise<Collection | undefined> {
  const { rail, now } = step;
  const leased = changed(before, { dueAt: now + 2 * retryMs, tries: before.tries + 1 });
  const collection = await commit(step, { collection: leased });
  if (collection?.payment === undefined) return undefined;
  const later = () => commit(step, { collection: changed(collection, { dueAt: now + waitFor(refund, now) }) });
  const found = await rail.findRefunds(collection.payment);
  if (found.kind !== "done") return later();
  const known = found.value.find(({ key }) => key === refund.key);
  if (known !== undefined) return (await note(step, collection, refund, known)) ?? later();
  const key = keyFor(collection, refund, now);
  if (key === undefined) return later();
  const { amount, currency } = { ...refund, currency: collection.currency };
  const { merchant, customer } = collection;
  const metadata = { merchant, customer, invoice: invoiceId(collection), refund: refund.key };
  const reply = await rail.refund({ payment: collection.payment, amount, currency, metadata, key });
  if (reply.kind === "done") return (await note(step, collection, refund, reply.value)) ?? later();
  return reply.kind === "refused" && reply.final
    ? commit(step, { collection: withRefund(collection, { ...refund, status: "failed", code: reply.code }) })
    : later();
}

function waitFor({ requestedAt }: CollectionRefund, now: number): number {
  return Math.min(hourMs, Math.max(retryMs, now - requestedAt));
}

/**
 * The rail's key for a refund: the same for 23 hours, then none for two, in which it is only looked up, then another. So no
 * key is used after the rail may have forgotten it.
 */
function keyFor(collection: Collection, { key, requestedAt }: CollectionRefund, now: number): string | undefined {
  const window = Math.floor((now - requestedAt) / (windowHours * hourMs));
  const since = now - requestedAt - window * windowHours * hourMs;
  if (since >= keyHours * hourMs) return undefined;
  return `${collection.merchant}:${invoiceId(collection)}:refund:${key}:${window}`;
}

function withRefund(collection: Collection, refund: CollectionRefund): Collection {
  const refunds = collection.refunds.map((one) => (one.key === refund.key ? refund : one));
  const isOver = refunds.every(({ status }) => status !== "sending") && collection.notices.length === 0;
  return changed(collection, { refunds, ...(isOver ? { dueAt: undefined } : {}) });
}

/** Notes what a refund came to; undefined while the rail does not know. */
async function note(
  step: Step,
  collection: Collection,
  refund: CollectionRefund,
  { id, status, movement }: RailRefund,
): Promise<Collection | undefined> {
  if (status === "failed")
    return commit(step, { collection: withRefund(collection, { ...refund, id, status, code: "failed_at_rail" }) });
  if (status !== "done" || movement === undefined) return undefined;
  const { amount, key } = refund;
  const next = withRefund(collection, { ...refund, id, status, movement });
  const notices = [...next.notices, { kind: "letter", letter: "refunded", at: step.now, amount } as const];
  const change: CollectionChange = {
    collection: { ...next, notices, dueAt: step.now },
    facts: [
      {
        ...refOf(collection),
        kind: "refund",
        cause: `refund:${id}`,
        refund: id,
        key,
        amount,
        at: movement.at,
        movement,
      },
    ],
  };
  return commit(step, change);
}
