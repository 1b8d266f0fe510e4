import { formatDecimal, one } from "@farthing/money";
import { priceAnswer } from "@farthing/pricing";
import { timeText } from "./documents.ts";
import type { Subscription } from "./subscription.ts";
import { cancelledAt, runsOf } from "./subscription-event.ts";

/** Where a subscription stands. Units: `end` in milliseconds; infinite while nothing ends it. */
export interface Standing {
  readonly status: "scheduled" | "active" | "paused" | "ended";
  readonly end: number;
}

/** When a subscription ends: where it is cancelled, or where the next one of its customer starts. Units: milliseconds. */
export function endOf(subscription: Subscription, all: readonly Subscription[]): number {
  return Math.min(cancelledAt(subscription.events ?? []), takenOverAt(subscription, all));
}

/** Where the next subscription starts that takes over from one; infinite where none does. Units: milliseconds. */
export function takenOverAt(subscription: Subscription, all: readonly Subscription[]): number {
  const next = all.filter(
    (other) =>
      other.addOn === subscription.addOn &&
      isAfter(other, subscription) &&
      cancelledAt(other.events ?? []) > other.start,
  );
  return Math.min(Number.POSITIVE_INFINITY, ...next.map(({ start }) => start));
}

function isAfter(one: Subscription, other: Subscription): boolean {
  if (one.id === other.id) return false;
  return (one.start - other.start || one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)) > 0;
}

/** Tells how a subscription stands at an instant, among all of its customer. Units: `now` in milliseconds. */
export function standingOf(subscription: Subscription, all: readonly Subscription[], now: number): Standing {
  const end = endOf(subscription, all);
  if (end <= Math.max(now, subscription.start)) return { status: "ended", end };
  if (now < subscription.start) return { status: "scheduled", end };
  const runs = runsOf(subscription).some(({ from, to }) => from <= now && now < to);
  return { status: runs ? "active" : "paused", end };
}

/** A subscription as the API shows it. Units: `now` in milliseconds. */
export function subscriptionDocument(subscription: Subscription, all: readonly Subscription[], now: number) {
  const { id, customer, plan, planVersion, interval, timezone, anchor, start, replaces, addOn, createdAt } =
    subscription;
  const { status, end } = standingOf(subscription, all, now);
  return {
    id,
    customer,
    plan,
    planVersion,
    interval,
    timezone,
    ...(anchor === undefined ? { billing: "calendar" as const } : { billing: "anchor" as const, anchor }),
    start: timeText(start),
    status,
    ...(Number.isFinite(end) ? { end: timeText(end) } : {}),
    ...(replaces === undefined ? {} : { replaces }),
    addOn: addOn !== undefined,
    quantity: formatDecimal(subscription.quantity ?? one),
    ...(subscription.overrides === undefined ? {} : { overrides: subscription.overrides.map(priceAnswer) }),
    events: (subscription.events ?? []).map(({ kind, at, proration }) => ({
      kind,
      at: timeText(at),
      proration: proration ?? ("time" as const),
    })),
    createdAt: timeText(createdAt),
  };
}

/** A subscription as the API shows it. */
export type SubscriptionDocument = ReturnType<typeof subscriptionDocument>;
