import type { CollectingStores } from "./collecting.ts";
import type { Collection, CollectionRef } from "./collection.ts";
import {
  begin,
  beginLookUp,
  changed,
  failed,
  isClosed,
  paid,
  postponed,
  processing,
  unsendable,
  unsure,
  verdictOn,
  writeOffAt,
  writtenOff,
} from "./collection-plan.ts";
import { commit, type Step, stepFor } from "./collection-step.ts";
import { ensureRailCustomer } from "./ensure-rail-customer.ts";
import { invoiceId } from "./invoice-id.ts";
import { paymentMetadata } from "./payment-metadata.ts";
import type { RailPayment, RailReply } from "./payment-rail.ts";
import { settleRefunds } from "./refund-invoice.ts";
import { toRail } from "./rail-currency.ts";
import { findInvoice } from "./read-invoices.ts";
import { tellNotices } from "./tell-notices.ts";

/** What woke a step, if it was not its time: something that the customer did, as an event of the rail tells. */
export interface Wake {
  readonly event?: string | undefined;
}

/**
 * Takes the next step of an invoice's collection, if it is due or something that the customer did woke it. May be taken
 * by many at once, and again at any time: each change is stored over the one that was read, before the rail is asked.
 *
 * One collection an invoice: the rail's payment is asked for first, then noted, once, and only the noted one is ever taken.
 * Answers "busy" where another is at it, so that a wake has to come again.
 */
export async function collectInvoice(
  stores: CollectingStores,
  ref: CollectionRef,
  wake?: Wake,
): Promise<"done" | "busy"> {
  const step = await stepFor(stores, ref);
  if (step === undefined) return "done";
  const { collection, now } = step;
  const { status, dueAt = 0 } = collection;
  if (status === "sending" && dueAt > now) return "busy";
  const isTime = dueAt <= now || wake !== undefined;
  const stepped = isTime ? await takeStep(step, collection, wake) : collection;
  if (stepped === undefined) return "busy";
  await tellNotices(stores, stepped);
  return "done";
}

async function takeStep(step: Step, collection: Collection, wake: Wake | undefined): Promise<Collection | undefined> {
  const { status } = collection;
  if (isClosed(collection)) return settleRefunds(step, collection);
  const event = wake?.event === undefined ? {} : { event: wake.event };
  if (status === "sending" || status === "unknown")
    return lookUpNow(step, { ...collection, woken: wake !== undefined || collection.woken }, wake);
  const isOver = status === "past_due" && writeOffAt(collection, step.settings) <= step.now;
  const begun = await commit(step, { collection: begin(collection, step.now, wake !== undefined), ...event });
  return isOver && wake === undefined ? giveUp(step, begun) : send(step, begun);
}

/** Looks up a try that ended without an answer, or whose worker is gone. */
export async function lookUpNow(
  step: Step,
  collection: Collection,
  wake: Wake | undefined,
): Promise<Collection | undefined> {
  const event = wake?.event === undefined ? {} : { event: wake.event };
  return lookUp(step, await commit(step, { collection: beginLookUp(collection, step.now), ...event }));
}

/** Learns what became of a try without an answer, and sends again only what the rail knows nothing of. */
async function lookUp(step: Step, collection: Collection | undefined): Promise<Collection | undefined> {
  if (collection === undefined) return undefined;
  if (collection.payment !== undefined) {
    const reply = await step.rail.readPayment(collection.payment);
    return reply.kind === "done" ? decide(step, collection, reply) : commit(step, { collection: unsure(collection, step.now) });
  }
  const customer = await step.stores.railCustomers.railCustomer(collection.merchant, collection.customer);
  // Without a customer at the rail nothing was asked for.
  if (customer === undefined) return resume(step, collection);
  const found = await step.rail.findPayments(customer, invoiceId(collection));
  if (found.kind !== "done") return commit(step, { collection: unsure(collection, step.now) });
  const known = found.value.find(({ status, merchant }) => status !== "closed" && merchant === collection.merchant);
  if (known === undefined) return resume(step, collection);
  const noted = await commit(step, { collection: changed(collection, { payment: known.id }) });
  return noted && decide(step, noted, { kind: "done", value: known });
}

async function resume(step: Step, collection: Collection): Promise<Collection | undefined> {
  if (collection.pastDueAt !== undefined && writeOffAt(collection, step.settings) <= step.now && !collection.woken)
    return giveUp(step, collection);
  return send(step, await commit(step, { collection: begin(collection, step.now, collection.woken ?? false) }));
}

/** Stores what the rail's word on the invoice's own payment leads to. */
async function decide(
  step: Step,
  collection: Collection,
  reply: RailReply<RailPayment>,
): Promise<Collection | undefined> {
  const { settings, now } = step;
  if (reply.kind === "unknown") return commit(step, { collection: unsure(collection, now) });
  if (reply.kind !== "done") return refused(step, collection, reply);
  const payment = reply.value;
  const verdict = verdictOn(collection, payment);
  if (verdict === "paid" && payment.movement !== undefined)
    return commit(step, paid(collection, payment, payment.movement, now));
  if (verdict === "processing") return commit(step, { collection: processing(collection, now) });
  if (verdict === "declined") {
    const failure = { outcome: "declined", code: payment.decline, charge: payment.charge } as const;
    return commit(step, failed(collection, failure, settings, now));
  }
  if (verdict === "unsettled" || collection.status === "sending")
    return commit(step, { collection: unsure(collection, now) });
  return verdict === "gone" ? resume(step, { ...collection, payment: undefined }) : resume(step, collection);
}

/** The rail did nothing: later again, or never. */
async function refused(
  step: Step,
  collection: Collection,
  reply: { readonly kind: "busy" } | { readonly kind: "refused"; readonly code: string; readonly final: boolean },
): Promise<Collection | undefined> {
  const { settings, now } = step;
  if (reply.kind === "busy") return commit(step, { collection: postponed(collection, now) });
  if (reply.final) return commit(step, unsendable(collection, reply.code, settings, now));
  return commit(step, { collection: postponed({ ...collection, reason: reply.code }, now, 3_600_000) });
}

/** Sends a payment that is due: whom from, with what, how much; then asks for it and takes it. */
async function send(step: Step, collection: Collection | undefined): Promise<Collection | undefined> {
  if (collection === undefined) return undefined;
  const { stores, rail, settings, now } = step;
  const amount = toRail(stores.currencies, collection.amount, collection.currency);
  if (!amount.ok) return commit(step, unsendable(collection, amount.error.code, settings, now));
  const customer = await ensureRailCustomer(stores, rail, collection);
  if (customer.kind !== "done") return notYet(step, collection, customer);
  const method = await rail.savedMethod(customer.value);
  if (method.kind !== "done") return notYet(step, collection, method);
  if (method.value === undefined) return commit(step, failed(collection, { outcome: "no_method" }, settings, now));
  const asked = await askForPayment(step, collection, customer.value);
  if (asked?.payment === undefined || asked.status !== "sending") return asked;
  const key = `${keyOf(asked)}:take`;
  const taken = await rail.takePayment({ id: asked.payment, method: method.value, key });
  if (taken.kind !== "refused" || !taken.final) return decide(step, asked, taken);
  // The method is none any more: the customer may save another.
  return commit(step, failed(asked, { outcome: "declined", code: taken.code }, settings, now));
}

/** What only reads, or makes a customer, moves no money: where that is unsure, it may simply be done again. */
function notYet(step: Step, collection: Collection, reply: Exclude<RailReply<never>, { kind: "done" }>) {
  return refused(step, collection, reply.kind === "unknown" ? { kind: "busy" } : reply);
}

function keyOf(collection: Collection): string {
  return `${collection.merchant}:${invoiceId(collection)}:${collection.tries}`;
}

/** Asks for the invoice's payment, unless that was done, and notes which it is before it is taken. */
async function askForPayment(step: Step, collection: Collection, customer: string): Promise<Collection | undefined> {
  if (collection.payment !== undefined) return collection;
  const { stores, rail, now } = step;
  const found = await findInvoice(stores.seals, collection.merchant, invoiceId(collection));
  if (!found.ok) throw new Error("an invoice that is collected has no seal");
  const issued = await stores.numbers.issued(collection.merchant, collection);
  const reply = await rail.createPayment({
    customer,
    amount: collection.amount,
    currency: collection.currency,
    description: issued === undefined ? invoiceId(collection) : `Invoice ${issued.number}`,
    metadata: paymentMetadata(collection.merchant, found.value),
    key: `${keyOf(collection)}:ask`,
  });
  if (reply.kind === "unknown") return commit(step, { collection: unsure(collection, now) });
  if (reply.kind !== "done") return refused(step, collection, reply);
  return commit(step, { collection: changed(collection, { payment: reply.value.id }) });
}

/** Gives an invoice up, once its payment at the rail is closed for good; one that was taken after all is paid. */
async function giveUp(step: Step, collection: Collection | undefined): Promise<Collection | undefined> {
  if (collection === undefined) return undefined;
  if (collection.payment === undefined) return commit(step, writtenOff(collection, step.now));
  const reply = await step.rail.closePayment(collection.payment, `${keyOf(collection)}:close`);
  if (reply.kind !== "done") return notYet(step, collection, reply);
  if (reply.value.status === "closed") return commit(step, writtenOff(collection, step.now));
  return decide(step, { ...collection, status: "unknown" }, reply);
}
