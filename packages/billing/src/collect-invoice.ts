import type { CollectingStores } from "./collecting.ts";
import type { Collection, CollectionRef } from "./collection.ts";
import { begin, beginLookUp, changed, isClosed, unsure, writeOffAt, writtenOff } from "./collection-plan.ts";
import { commit, type Step, stepFor } from "./collection-step.ts";
import { invoiceId } from "./invoice-id.ts";
import { notePayment } from "./note-payment.ts";
import type { RailPayment, RailReply } from "./payment-rail.ts";
import { verdictOn } from "./payment-verdict.ts";
import { settleRefunds } from "./refund-invoice.ts";
import { endWithoutMoney, sendPayment } from "./send-payment.ts";
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
  return isOver && wake === undefined ? endWithoutMoney(step, begun, writtenOff) : sendPayment(step, begun);
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
  if (collection.payment !== undefined) return judge(step, collection, await step.rail.readPayment(collection.payment));
  const customer = await step.stores.railCustomers.railCustomer(collection.merchant, collection.customer);
  // Without a customer at the rail nothing was asked for.
  if (customer === undefined) return resume(step, collection);
  const found = await step.rail.findPayments(customer, invoiceId(collection));
  if (found.kind !== "done") return commit(step, { collection: unsure(collection, step.now) });
  const known = found.value.find(({ status, merchant }) => status !== "closed" && merchant === collection.merchant);
  if (known === undefined) return resume(step, collection);
  const noted = await commit(step, { collection: changed(collection, { payment: known.id }) });
  return noted && judge(step, noted, { kind: "done", value: known });
}

/** Goes on with what the rail says of the invoice's payment; where it says nothing, that is looked up again. */
async function judge(step: Step, collection: Collection, reply: RailReply<RailPayment>) {
  if (reply.kind !== "done") return commit(step, { collection: unsure(collection, step.now) });
  const verdict = verdictOn(collection, reply.value);
  if (verdict === "again") return resume(step, collection);
  return verdict === "gone"
    ? resume(step, { ...collection, payment: undefined })
    : notePayment(step, collection, reply);
}

async function resume(step: Step, collection: Collection): Promise<Collection | undefined> {
  if (collection.pastDueAt !== undefined && writeOffAt(collection, step.settings) <= step.now && !collection.woken)
    return endWithoutMoney(step, collection, writtenOff);
  return sendPayment(step, await commit(step, { collection: begin(collection, step.now, collection.woken ?? false) }));
}
