import type { Seal } from "./seal.ts";
import type { Subscription } from "./subscription.ts";

/** What a seal notes of the subscriptions that it charges by. */
export type SubscriptionsUsed = Pick<Seal, "subscriptions" | "subscriptionEvents">;

/** The ids of subscriptions, and how many events of each there were, as a seal notes them. */
export function usedBy(subscriptions: readonly Subscription[]): SubscriptionsUsed {
  const events = subscriptions.flatMap(({ id, events: own = [] }) =>
    own.length === 0 ? [] : [[id, own.length] as const],
  );
  return {
    subscriptions: subscriptions.map(({ id }) => id).sort(),
    ...(events.length === 0 ? {} : { subscriptionEvents: Object.fromEntries(events) }),
  };
}

/** A customer's subscriptions as a seal charged by them: those that it notes, with as many of their events. */
export function chargedBy(
  seal: SubscriptionsUsed | undefined,
  subscriptions: readonly Subscription[],
): readonly Subscription[] {
  return subscriptions
    .filter(({ id }) => seal?.subscriptions.includes(id) === true)
    .map(({ events, ...subscription }) => {
      const known = (events ?? []).filter(({ number }) => number <= (seal?.subscriptionEvents?.[subscription.id] ?? 0));
      return known.length === 0 ? subscription : { ...subscription, events: known };
    });
}
