import { type Clock, err, type MerchantId, ok, type Result } from "@farthing/money";
import { periodAt, periodsOf } from "./period-at.ts";
import type { NotFound } from "./read-customers.ts";
import type { Subscription, Subscriptions } from "./subscription.ts";
import type { SubscriptionEvent } from "./subscription-event.ts";
import { customerOfSubscription } from "./subscription-id.ts";
import { type SubscriptionDocument, subscriptionDocument } from "./subscription-standing.ts";
import { nextStep, type StepRefused } from "./subscription-step.ts";

/** Which subscription. */
export interface SubscriptionName {
  readonly merchant: MerchantId;
  readonly id: string;
}

/** From when something holds: an instant, now, or when the running period is over. Units: milliseconds. */
export interface StepTime {
  readonly at?: number | "now" | "period_end" | undefined;
}

/** What is asked of a subscription. */
export interface StepBody extends StepTime {
  /** Whether flat prices and commitments of the period that it falls into are divided by time, as they are by default. */
  readonly proration?: "time" | "none" | undefined;
}

/** What changing subscriptions needs. */
export interface StepStores {
  readonly subscriptions: Subscriptions;
  readonly clock: Clock;
}

/**
 * Pauses, resumes or cancels a subscription. Seals may have billed past the instant: then the next one adjusts. The same again
 * changes nothing.
 *
 * Errors, in this order: `not_found`, `already_cancelled`, `subscription_ended`, `already_paused`, `not_paused`, `out_of_order`.
 */
export async function stepSubscription(
  stores: StepStores,
  { kind, body, ...name }: SubscriptionName & { readonly kind: SubscriptionEvent["kind"]; readonly body: StepBody },
): Promise<Result<SubscriptionDocument, NotFound | StepRefused>> {
  for (;;) {
    const now = stores.clock.now();
    const found = await findSubscription(stores.subscriptions, name);
    if (found === undefined) return err({ code: "not_found" });
    const { subscription, all } = found;
    const asked = { kind, at: instantOf(subscription, body, now), isNamed: isNamed(body) };
    const step = nextStep(subscription, all, asked);
    if (!step.ok) return step;
    if (step.value === undefined) return ok(subscriptionDocument(subscription, all, now));
    const number = (subscription.events?.length ?? 0) + 1;
    const proration = body.proration === "none" ? { proration: body.proration } : {};
    const event: SubscriptionEvent = { number, kind, at: step.value, ...proration, createdAt: now };
    if ((await stores.subscriptions.addEvent(subscription, event)) === "taken") continue;
    const after = { ...subscription, events: [...(subscription.events ?? []), event] };
    return ok(subscriptionDocument(after, [...all.filter(({ id }) => id !== after.id), after], now));
  }
}

/** A subscription, with all of its customer; undefined where there is none of that id. */
export async function findSubscription(
  subscriptions: Pick<Subscriptions, "subscriptionsOf">,
  { merchant, id }: SubscriptionName,
): Promise<{ readonly subscription: Subscription; readonly all: readonly Subscription[] } | undefined> {
  const customer = customerOfSubscription(id);
  if (customer === undefined) return undefined;
  const all = await subscriptions.subscriptionsOf(merchant, customer);
  const subscription = all.find((one) => one.id === id);
  return subscription && { subscription, all };
}

/** From when something asked of a subscription holds. Units: milliseconds. */
export function instantOf(subscription: Subscription, { at = "now" }: StepTime, now: number): number {
  if (at === "period_end") return periodAt(Math.max(now, subscription.start), periodsOf(subscription)).to;
  return at === "now" ? now : at;
}

/** Whether an instant was named, so that another one is something else. */
export function isNamed({ at = "now" }: StepTime): boolean {
  return at !== "now";
}
