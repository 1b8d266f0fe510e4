import { err, ok, type Result } from "@farthing/money";
import type { Plan, Plans } from "@farthing/pricing";
import { timeText } from "./documents.ts";
import { periodAt, periodsOf } from "./period-at.ts";
import type { NotFound } from "./read-customers.ts";
import {
  findSubscription,
  instantOf,
  isNamed,
  type StepBody,
  type StepStores,
  type SubscriptionName,
} from "./stop-subscription.ts";
import { storeSubscription, type UnknownPlan, withId } from "./subscribe.ts";
import type { Subscription } from "./subscription.ts";
import { runsOf } from "./subscription-event.ts";
import { endOf, type SubscriptionDocument, subscriptionDocument } from "./subscription-standing.ts";
import { type AlreadyPaused, type OutOfOrder, pausedSince, type SubscriptionEnded } from "./subscription-step.ts";

/** To what a subscription is changed, and when; what is left out stays. */
export interface ChangeBody extends StepBody {
  /** A plan, in its newest version; the present plan, left out. */
  readonly plan?: string | undefined;
}

/** What changing subscriptions needs. */
export interface ChangeStores extends StepStores {
  readonly plans: Pick<Plans, "currentPlan">;
}

/**
 * Changes a subscription: another one takes over from it, with its zone, its anchor and all that is not said anew, and to the
 * newest version of its plan. Flat prices of the period are divided by time between the two; without proration the earlier
 * charges the whole period, and the later from the next one on.
 *
 * Errors, in this order: `not_found`, `unknown_plan`, `out_of_order`, `subscription_ended`, `already_paused`.
 */
export async function changeSubscription(
  stores: ChangeStores,
  { body, ...name }: SubscriptionName & { readonly body: ChangeBody },
): Promise<Result<SubscriptionDocument, NotFound | UnknownPlan | ChangeRefused>> {
  const now = stores.clock.now();
  const found = await findSubscription(stores.subscriptions, name);
  if (found === undefined) return err({ code: "not_found" });
  const { subscription: old, all } = found;
  const key = body.plan ?? old.plan;
  const plan = await stores.plans.currentPlan({ merchant: name.merchant, key });
  if (plan === undefined) return err({ code: "unknown_plan", plan: key });
  const made = changed(old, { plan, start: instantOf(old, body, now), isWhole: body.proration === "none", now });
  const standing = isNamed(body) ? all.find(({ id }) => id === made.id) : all.find((one) => isSame(one, made, now));
  if (standing !== undefined) return ok(subscriptionDocument(standing, all, now));
  const refused = refusal(old, all, made.start);
  if (refused !== undefined) return err(refused);
  const stored = await storeSubscription(stores.subscriptions, made);
  return ok(subscriptionDocument(stored, [...all, stored], now));
}

type ChangeRefused = OutOfOrder | SubscriptionEnded | AlreadyPaused;

/** The change was made already, a moment ago, by the same request. */
function isSame(one: Subscription, made: Subscription, now: number): boolean {
  const said = ({ id: _, start: __, flatFrom: ___, createdAt: ____, events: _____, ...rest }: Subscription) =>
    JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  return one.start <= now && said(one) === said(made);
}

function refusal(old: Subscription, all: readonly Subscription[], start: number): ChangeRefused | undefined {
  if (start < old.start) return { code: "out_of_order", notBefore: timeText(old.start) };
  const end = endOf(old, all);
  if (start >= end) return { code: "subscription_ended", end: timeText(end) };
  if (runsOf(old).some(({ from, to }) => from <= start && start < to)) return undefined;
  return pausedSince((old.events ?? []).findLast(({ kind, at }) => kind === "pause" && at <= start)?.at ?? start);
}

function changed(
  old: Subscription,
  {
    plan,
    start,
    isWhole,
    now,
  }: { readonly plan: Plan; readonly start: number; readonly isWhole: boolean; readonly now: number },
): Subscription {
  const { id: replaces, events: _, proration: __, phasesFrom = old.start, anchor, ...kept } = old;
  const period = periodAt(start, periodsOf(old));
  return withId({
    ...kept,
    ...(anchor === undefined || plan.interval === "day" ? {} : { anchor }),
    ...(isWhole ? { proration: "none" as const } : {}),
    // Phases go on through versions of a plan, and begin anew with another.
    ...(plan.key === old.plan ? { phasesFrom } : {}),
    plan: plan.key,
    planVersion: plan.version,
    interval: plan.interval,
    replaces,
    start,
    flatFrom: isWhole && period.from < start ? period.to : start,
    createdAt: now,
  });
}
