import { inParallel } from "@farthing/metering";
import { type Clock, type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import { findSubscription, type SubscriptionName } from "./stop-subscription.ts";
import type { Subscription, Subscriptions } from "./subscription.ts";
import { type SubscriptionDocument, subscriptionDocument } from "./subscription-standing.ts";

/** What reading subscriptions needs. */
export interface ReadSubscriptions {
  readonly subscriptions: Subscriptions;
  readonly clock: Clock;
}

/** Shows a subscription as it stands. Errors: `not_found`. */
export async function getSubscription(
  { subscriptions, clock }: ReadSubscriptions,
  name: SubscriptionName,
): Promise<Result<SubscriptionDocument, NotFound>> {
  const found = await findSubscription(subscriptions, name);
  if (found === undefined) return err({ code: "not_found" });
  return ok(subscriptionDocument(found.subscription, found.all, clock.now()));
}

const customersAtOnce = 20;

/** Lists a merchant's subscriptions, or one customer's, as they stand. */
export async function listSubscriptions(
  { subscriptions, clock }: ReadSubscriptions,
  {
    merchant,
    customer,
    limit,
    after,
  }: ListPage & { readonly merchant: MerchantId; readonly customer?: CustomerId | undefined },
): Promise<Result<Listed<SubscriptionDocument>, never>> {
  const now = clock.now();
  if (customer !== undefined) {
    const all = await subscriptions.subscriptionsOf(merchant, customer);
    return ok({ items: all.map((one) => subscriptionDocument(one, all, now)) });
  }
  const page = await subscriptions.subscriptions(merchant, { limit, ...(after === undefined ? {} : { after }) });
  // How one stands hangs on its customer's others, which a page may have cut off.
  const byCustomer = new Map<CustomerId, readonly Subscription[]>();
  const customers = [...new Set(page.subscriptions.map((one) => one.customer))];
  await inParallel(customersAtOnce, customers, async (id) => {
    byCustomer.set(id, await subscriptions.subscriptionsOf(merchant, id));
  });
  const items = page.subscriptions.flatMap(({ id, customer: whose }) => {
    const all = byCustomer.get(whose) ?? [];
    return all.filter((one) => one.id === id).map((one) => subscriptionDocument(one, all, now));
  });
  return ok({ items, ...(page.next === undefined ? {} : { next: page.next }) });
}
