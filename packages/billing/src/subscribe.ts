import { createHash } from "node:crypto";
import {
  type Clock,
  type CustomerId,
  compare,
  type Decimal,
  err,
  formatDecimal,
  type MerchantId,
  ok,
  one,
  type Result,
} from "@farthing/money";
import {
  type OverrideBody,
  type OverrideProblem,
  overridesOf,
  type Plan,
  type Plans,
  type Price,
  writePrices,
} from "@farthing/pricing";
import { dateIn, type PeriodRule } from "./calendar.ts";
import type { Customer, Customers } from "./customer.ts";
import { periodAt } from "./period-at.ts";
import type { Subscription, Subscriptions } from "./subscription.ts";
import { subscriptionId } from "./subscription-id.ts";
import { type SubscriptionDocument, subscriptionDocument } from "./subscription-standing.ts";
import { thresholdOf } from "./within-period.ts";

/** No plan has this key. */
export interface UnknownPlan {
  readonly code: "unknown_plan";
  readonly plan: string;
}

/** Nobody put this customer, and no event named it. */
export interface UnknownCustomer {
  readonly code: "unknown_customer";
  readonly customer: string;
}

/** What making subscriptions needs. */
export interface SubscriptionStores {
  readonly customers: Customers;
  readonly subscriptions: Subscriptions;
  readonly plans: Plans;
  readonly clock: Clock;
}

/** What may be said of a subscription beside its plan and start. */
export interface SubscriptionTerms {
  /** Whether its periods are the calendar's or counted from an anchor; left out, what `anchor` says. */
  readonly billing?: "calendar" | "anchor" | undefined;
  /** A date on which one of its periods begins; left out with `billing: "anchor"`, the date of its start in its zone. */
  readonly anchor?: string | undefined;
  /** Whether flat prices of the period in which it starts are divided by time, as they are by default. */
  readonly proration?: "time" | "none" | undefined;
  /** It charges beside the customer's base subscription, and takes over from none. */
  readonly addOn?: boolean | undefined;
  /** How many times its flat prices are charged. */
  readonly quantity?: Decimal | undefined;
  /** The customer's own prices. */
  readonly overrides?: readonly OverrideBody[] | undefined;
}

/** Whom to subscribe to which plan. Units: `start` in milliseconds. */
export interface SubscriptionBody extends SubscriptionTerms {
  readonly customer: CustomerId;
  readonly plan: string;
  readonly start?: number | undefined;
}

/**
 * Subscribes a customer to the newest version of a plan, from `start` on; without one, from now. The same again is the same
 * subscription.
 *
 * Errors, in this order: `unknown_customer`, `unknown_plan`; those of overrides.
 */
export async function createSubscription(
  stores: SubscriptionStores,
  {
    merchant,
    customer: id,
    plan: key,
    start = stores.clock.now(),
    ...terms
  }: SubscriptionBody & { readonly merchant: MerchantId },
): Promise<Result<SubscriptionDocument, UnknownPlan | UnknownCustomer | OverrideProblem>> {
  const customer = await stores.customers.customer(merchant, id);
  if (customer === undefined) return err({ code: "unknown_customer", customer: id });
  const plan = await stores.plans.currentPlan({ merchant, key });
  if (plan === undefined) return err({ code: "unknown_plan", plan: key });
  const overrides = terms.overrides === undefined ? ok([]) : overridesOf(plan, terms.overrides);
  if (!overrides.ok) return overrides;
  const made = await subscribe(stores, { customer, plan, start, terms, overrides: overrides.value });
  // Who is billed within a period is looked at every hour, from the next one on.
  if (thresholdOf(customer, plan) !== undefined)
    await stores.customers.setDue(merchant, [{ customer: id, dueAt: stores.clock.now() }]);
  const all = await stores.subscriptions.subscriptionsOf(merchant, id);
  return ok(subscriptionDocument(made, all, stores.clock.now()));
}

/**
 * What a subscription is made of. Units: milliseconds; `flatFrom` and `phasesFrom` are left out where flat prices and the
 * plan's phases begin with it.
 */
export interface NewSubscription {
  readonly customer: Customer;
  readonly plan: Plan;
  readonly start: number;
  readonly flatFrom?: number;
  readonly phasesFrom?: number | undefined;
  readonly terms?: Omit<SubscriptionTerms, "overrides">;
  readonly overrides?: readonly Price[];
}

/** Stores a subscription under an id made of what it says, so that saying it again changes nothing. */
export async function subscribe(
  { subscriptions, clock }: Pick<SubscriptionStores, "subscriptions" | "clock">,
  { customer, plan, start, flatFrom, phasesFrom, terms = {}, overrides = [] }: NewSubscription,
): Promise<Subscription> {
  const timezone = customer.timezone ?? "UTC";
  const periods = { interval: plan.interval, timezone, ...anchorOf(terms, { plan, start, timezone }) };
  const isWhole = terms.proration === "none";
  const said = {
    merchant: customer.merchant,
    customer: customer.id,
    plan: plan.key,
    planVersion: plan.version,
    ...periods,
    ...(isWhole ? { proration: "none" as const } : {}),
    ...(terms.quantity === undefined || isOne(terms.quantity) ? {} : { quantity: terms.quantity }),
    ...(overrides.length === 0 ? {} : { overrides }),
    ...(phasesFrom === undefined ? {} : { phasesFrom }),
    start,
    flatFrom: flatFrom ?? (isWhole ? periodAt(start, periods).from : firstFlat(start, periods, terms)),
    createdAt: clock.now(),
  };
  if (terms.addOn !== true) return await storeSubscription(subscriptions, withId(said));
  const { id } = withId({ ...said, addOn: "" });
  return await storeSubscription(subscriptions, { ...said, id, addOn: id });
}

function isOne(quantity: Decimal): boolean {
  return compare(quantity, one) === 0;
}

/** Gives a subscription the id that is made of what it says. */
export function withId(said: Omit<Subscription, "id">): Subscription {
  const { merchant, customer, plan, planVersion, start, anchor, proration, replaces, addOn } = said;
  const quantity = said.quantity && formatDecimal(said.quantity);
  const overrides = said.overrides && writePrices(said.overrides);
  const more = Object.entries({ anchor, proration, replaces, addOn, quantity, overrides }).filter(
    ([, value]) => value !== undefined,
  );
  const text = JSON.stringify([merchant, customer, plan, planVersion, start, ...more]);
  return { ...said, id: subscriptionId(customer, createHash("sha256").update(text).digest("hex")) };
}

/** Stores a subscription; where its id is taken, it answers what is stored under it. */
export async function storeSubscription(
  subscriptions: Subscriptions,
  subscription: Subscription,
): Promise<Subscription> {
  const { merchant, customer, id } = subscription;
  if ((await subscriptions.addSubscription(subscription)) === "added") return subscription;
  const stored = (await subscriptions.subscriptionsOf(merchant, customer)).find((other) => other.id === id);
  if (stored === undefined) throw new Error("a subscription exists that cannot be read");
  return stored;
}

function anchorOf(
  { billing, anchor }: SubscriptionTerms,
  { plan, start, timezone }: { readonly plan: Plan; readonly start: number; readonly timezone: string },
): Pick<Subscription, "anchor"> {
  if (plan.interval === "day" || billing === "calendar") return {};
  if (anchor !== undefined) return { anchor };
  return billing === "anchor" ? { anchor: dateIn(start, timezone) } : {};
}

/** The day that a subscription is anchored on counts whole for its flat prices, whatever the hour at which it starts. */
function firstFlat(start: number, periods: PeriodRule, { anchor }: SubscriptionTerms): number {
  return periods.anchor === undefined || anchor !== undefined ? start : periodAt(start, periods).from;
}
