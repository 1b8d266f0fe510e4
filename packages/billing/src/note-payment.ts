import type { Collection } from "./collection.ts";
import { failed, paid, postponed, processing, unsendable, unsure } from "./collection-plan.ts";
import { commit, type Step } from "./collection-step.ts";
import type { RailPayment, RailReply } from "./payment-rail.ts";
import { verdictOn } from "./payment-verdict.ts";

/** Stores what the rail's word on the invoice's own payment leads to; what it leaves open is looked up. */
export async function notePayment(
  step: Step,
  collection: Collection,
  reply: RailReply<RailPayment>,
): Promise<Collection | undefined> {
  const { settings, now } = step;
  if (reply.kind === "unknown") return commit(step, { collection: unsure(collection, now) });
  if (reply.kind !== "done") return noteRefusal(step, collection, reply);
  const payment = reply.value;
  const verdict = verdictOn(collection, payment);
  if (verdict === "paid" && payment.movement !== undefined)
    return commit(step, paid(collection, payment, payment.movement, now));
  if (verdict === "processing") return commit(step, { collection: processing(collection, now) });
  if (verdict !== "declined") return commit(step, { collection: unsure(collection, now) });
  const failure = { outcome: "declined", code: payment.decline, charge: payment.charge } as const;
  return commit(step, failed(collection, failure, settings, now));
}

type Undone = Exclude<RailReply<never>, { readonly kind: "done" | "unknown" }>;

/** The rail did nothing: later again, or never. */
export async function noteRefusal(step: Step, collection: Collection, reply: Undone): Promise<Collection | undefined> {
  const { settings, now } = step;
  if (reply.kind === "busy") return commit(step, { collection: postponed(collection, now) });
  if (reply.final) return commit(step, unsendable(collection, reply.code, settings, now));
  return commit(step, { collection: postponed({ ...collection, reason: reply.code }, now, 3_600_000) });
}

/** What only reads, makes a customer or closes a payment takes no money: where that is unsure, it may be done again. */
export function notYet(step: Step, collection: Collection, reply: Undone | { readonly kind: "unknown" }) {
  return noteRefusal(step, collection, reply.kind === "unknown" ? { kind: "busy" } : reply);
}
