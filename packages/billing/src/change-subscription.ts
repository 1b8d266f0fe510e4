import { compare, type Decimal, err, formatDecimal, ok, one, type Result } from "@farthing/money";
import {
  type OverrideBody,
  type OverrideProblem,
  overridesOf,
  type Plan,
  type Plans,
  type Price,
  writePrices,
} from "@farthing/pricing";
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
  readonly quantity?: Decimal | undefined;
  /** The customer's own prices; left out, those stay that the plan has a price for, unless it is another plan. */
  readonly overrides?: readonly OverrideBody[] | undefined;
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
 * Errors, in this order: `not_found`, `unknown_plan`, those of overrides, `out_of_order`, `subscription_ended`,
 * `already_paused`.
 */
export async function changeSubscription(
  stores: ChangeStores,
  { body, ...name }: SubscriptionName & { readonly body: ChangeBody },
): Promise<Result<SubscriptionDocument, NotFound | UnknownPlan | OverrideProblem | ChangeRefused>> {
  const now = stores.clock.now();
  const found = await findSubscription(stores.subscriptions, name);
  if (found === undefined) return err({ code: "not_found" });
  const { subscription: old, all } = found;
  const key = body.plan ?? old.plan;
  const plan = await stores.plans.currentPlan({ merchant: name.merchant, key });
  if (plan === undefined) return err({ code: "unknown_plan", plan: key });
  const overrides = ownPrices(old, plan, body);
  if (!overrides.ok) return overrides;
  const terms = { quantity: body.quantity ?? old.quantity, overrides: overrides.value };
  const made = changed(old, { plan, start: instantOf(old, body, now), isWhole: body.proration === "none", now, terms });
  const standing = isNamed(body) ? all.find(({ id }) => id === made.id) : all.find((one) => isSame(one, made, now));
  if (standing !== undefined) return ok(subscriptionDocument(standing, all, now));
  const refused = refusal(old, all, made.start);
  if (refused !== undefined) return err(refused);
  const stored = await storeSubscription(stores.subscriptions, made);
  return ok(subscriptionDocument(stored, [...all, stored], now));
}

function ownPrices(
  old: Subscription,
  plan: Plan,
  { overrides }: ChangeBody,
): Result<readonly Price[], OverrideProblem> {
  if (overrides !== undefined) return overridesOf(plan, overrides);
  const keys = new Set(plan.key === old.plan ? plan.prices.map(({ key }) => key) : []);
  return ok((old.overrides ?? []).filter(({ key }) => keys.has(key)));
}

type ChangeRefused = OutOfOrder | SubscriptionEnded | AlreadyPaused;

/** The change was made already, a moment ago, by the same request. */
function isSame(other: Subscription, made: Subscription, now: number): boolean {
  const said = ({ start: _, flatFrom: __, quantity = one, overrides = [], ...rest }: Subscription) => {
    const { plan, planVersion, anchor, proration, replaces } = rest;
    const all = [plan, planVersion, anchor, proration, replaces, formatDecimal(quantity), writePrices(overrides)];
    return JSON.stringify(all);
  };
  return other.start <= now && said(other) === said(made);
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
    terms: { quantity = one, overrides },
  }: {
    readonly plan: Plan;
    readonly start: number;
    readonly isWhole: boolean;
    readonly now: number;
    readonly terms: { readonly quantity: Decimal | undefined; readonly overrides: readonly Price[] };
  },
): Subscription {
  const { id: replaces, merchant, customer, timezone, addOn, phasesFrom = old.start, anchor } = old;
  const period = periodAt(start, periodsOf(old));
  return withId({
    merchant,
    customer,
    timezone,
    ...(addOn === undefined ? {} : { addOn }),
    ...(compare(quantity, one) === 0 ? {} : { quantity }),
    ...(overrides.length === 0 ? {} : { overrides }),
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
