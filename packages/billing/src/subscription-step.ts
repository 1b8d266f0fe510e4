import { err, ok, type Result } from "@farthing/money";
import { timeText } from "./documents.ts";
import type { Subscription } from "./subscription.ts";
import { cancelledAt, type SubscriptionEvent } from "./subscription-event.ts";
import { takenOverAt } from "./subscription-standing.ts";

/** The subscription is over by then. */
export interface SubscriptionEnded {
  readonly code: "subscription_ended";
  readonly end: string;
}

/** The subscription is cancelled already, for an earlier instant. */
export interface AlreadyCancelled {
  readonly code: "already_cancelled";
  readonly end: string;
}

/** The subscription is paused already, since another instant. */
export interface AlreadyPaused {
  readonly code: "already_paused";
  readonly since: string;
}

/** The subscription is not paused. */
export interface NotPaused {
  readonly code: "not_paused";
}

/** What is asked for lies before the subscription's start, or before what became of it last. */
export interface OutOfOrder {
  readonly code: "out_of_order";
  readonly notBefore: string;
}

/** Why a subscription is left as it is. */
export type StepRefused = SubscriptionEnded | AlreadyCancelled | AlreadyPaused | NotPaused | OutOfOrder;

/** What is to become of a subscription, from when; `isNamed` tells an instant that was named from "now". Units: milliseconds. */
export interface Asked {
  readonly kind: SubscriptionEvent["kind"];
  readonly at: number;
  readonly isNamed: boolean;
}

/**
 * Decides whether something may become of a subscription: from when it does, or undefined where it is so already.
 *
 * Errors: `already_cancelled` for a later end than the one it has; else `subscription_ended`; `already_paused` and `not_paused`
 * for what it is or is not; `out_of_order`.
 */
export function nextStep(
  subscription: Subscription,
  all: readonly Subscription[],
  asked: Asked,
): Result<number | undefined, StepRefused> {
  const taken = takenOverAt(subscription, all);
  if (asked.kind === "cancel") return cancelStep(subscription, taken, asked);
  const { start, events = [] } = subscription;
  const end = Math.min(taken, cancelledAt(events));
  const last = events.findLast(({ kind }) => kind !== "cancel");
  const isSo = (last?.kind ?? "resume") === asked.kind;
  if (isSo && last !== undefined && (!asked.isNamed || asked.at === last.at)) return ok(undefined);
  if (asked.at >= end) return err({ code: "subscription_ended", end: timeText(end) });
  if (isSo) return err(last?.kind === "pause" ? pausedSince(last.at) : { code: "not_paused" });
  const notBefore = Math.max(start, last?.at ?? start);
  return asked.at < notBefore ? err({ code: "out_of_order", notBefore: timeText(notBefore) }) : ok(asked.at);
}

function cancelStep(
  { start, events = [] }: Subscription,
  taken: number,
  { at: wanted, isNamed }: Asked,
): Result<number | undefined, StepRefused> {
  const cancelled = cancelledAt(events);
  const at = Math.max(start, wanted);
  if (at === cancelled || (!isNamed && cancelled <= at)) return ok(undefined);
  if (cancelled < at) return err({ code: "already_cancelled", end: timeText(cancelled) });
  return at >= taken && taken > start ? err({ code: "subscription_ended", end: timeText(taken) }) : ok(at);
}

/** The refusal of what a paused subscription does not take. Units: milliseconds. */
export function pausedSince(at: number): AlreadyPaused {
  return { code: "already_paused", since: timeText(at) };
}
