import { createHash } from "node:crypto";
import { type Clock, type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { Plan, Plans } from "@farthing/pricing";
import type { Customer, Customers } from "./customer.ts";
import { type SubscriptionDocument, subscriptionDocument } from "./documents.ts";
import type { Subscription, Subscriptions } from "./subscription.ts";
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

/**
 * Subscribes a customer to the newest version of a plan, from `start` on; without one, from now. The same again is the same
 * subscription.
 *
 * Units: `start` in milliseconds. Errors, in this order: `unknown_customer`, `unknown_plan`.
 */
export async function createSubscription(
  stores: SubscriptionStores,
  {
    merchant,
    customer: id,
    plan: key,
    start = stores.clock.now(),
  }: {
    readonly merchant: MerchantId;
    readonly customer: CustomerId;
    readonly plan: string;
    readonly start?: number | undefined;
  },
): Promise<Result<SubscriptionDocument, UnknownPlan | UnknownCustomer>> {
  const customer = await stores.customers.customer(merchant, id);
  if (customer === undefined) return err({ code: "unknown_customer", customer: id });
  const plan = await stores.plans.currentPlan({ merchant, key });
  if (plan === undefined) return err({ code: "unknown_plan", plan: key });
  const subscription = await subscribe(stores, { customer, plan, start, flatFrom: start });
  // Who is billed within a period is looked at every hour, from the next one on.
  if (thresholdOf(customer, plan) !== undefined) await stores.customers.setDue(merchant, id, stores.clock.now());
  return ok(subscriptionDocument(subscription));
}

/** Stores a subscription under an id made of what it says, so that saying it again changes nothing. */
export async function subscribe(
  { subscriptions, clock }: Pick<SubscriptionStores, "subscriptions" | "clock">,
  {
    customer,
    plan,
    start,
    flatFrom,
  }: {
    readonly customer: Customer;
    readonly plan: Plan;
    readonly start: number;
    readonly flatFrom: number;
  },
): Promise<Subscription> {
  const { merchant, id } = customer;
  const said = JSON.stringify([merchant, id, plan.key, plan.version, start]);
  const subscription: Subscription = {
    merchant,
    id: `sub_${createHash("sha256").update(said).digest("hex").slice(0, 24)}`,
    customer: id,
    plan: plan.key,
    planVersion: plan.version,
    interval: plan.interval,
    timezone: customer.timezone ?? "UTC",
    start,
    flatFrom,
    createdAt: clock.now(),
  };
  if ((await subscriptions.addSubscription(subscription)) === "added") return subscription;
  const stored = (await subscriptions.subscriptionsOf(merchant, id)).find((other) => other.id === subscription.id);
  if (stored === undefined) throw new Error("a subscription exists that cannot be read");
  return stored;
}
