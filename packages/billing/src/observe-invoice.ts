import { collectInvoice, lookUpNow, type Wake } from "./collect-invoice.ts";
import type { CollectingStores } from "./collecting.ts";
import type { Collection, CollectionRef } from "./collection.ts";
import { isClosed, paid } from "./collection-plan.ts";
import { commit, stepFor } from "./collection-step.ts";
import { verdictOn } from "./payment-verdict.ts";
import { tellNotices } from "./tell-notices.ts";

/**
 * Reads what the rail holds of an invoice's payment, and notes it where it was taken or where we did not know: what a
 * webhook says is only a reason to look. Answers "busy" where it could not be read or another is at it.
 */
export async function observeInvoice(
  stores: CollectingStores,
  ref: CollectionRef,
  { event }: Wake = {},
): Promise<"done" | "busy"> {
  const step = await stepFor(stores, ref);
  if (step === undefined) return "done";
  const { collection, now } = step;
  if (collection.status === "sending" && (collection.dueAt ?? 0) > now) return "busy";
  if (isClosed(collection)) {
    await collectInvoice(stores, ref, {});
    return seen(stores, collection, event);
  }
  const isUnderWay = collection.status === "unknown" || collection.status === "sending";
  if (isUnderWay) {
    const stepped = await lookUpNow(step, collection, { event });
    return stepped === undefined ? "busy" : told(stores, stepped);
  }
  const reply = collection.payment === undefined ? undefined : await step.rail.readPayment(collection.payment);
  if (reply === undefined) return seen(stores, collection, event);
  if (reply.kind !== "done") return "busy";
  const { movement } = reply.value;
  if (verdictOn(collection, reply.value) !== "paid" || movement === undefined) return seen(stores, collection, event);
  const change = paid(collection, reply.value, movement, now);
  const stepped = await commit(step, { ...change, ...(event === undefined ? {} : { event }) });
  return stepped === undefined ? "busy" : told(stores, stepped);
}

async function told(stores: CollectingStores, collection: Collection): Promise<"done"> {
  await tellNotices(stores, collection);
  return "done";
}

/** The event changes nothing; it is stored so that it is seen once. */
async function seen(stores: CollectingStores, collection: Collection, event: string | undefined): Promise<"done"> {
  if (event !== undefined) await stores.collections.noteEvent(collection.merchant, event);
  return "done";
}
