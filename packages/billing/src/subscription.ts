import type { CustomerId, MerchantId } from "@farthing/money";
import type { Interval } from "@farthing/pricing";

/**
 * What a customer is charged by, from when: one version of a plan. It ends where the customer's next subscription starts.
 *
 * Units: times in milliseconds. `flatFrom` is where flat prices begin: `start`, or the period in which a subscription without
 * a start of its own was made.
 */
export interface Subscription {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly customer: CustomerId;
  readonly plan: string;
  readonly planVersion: number;
  /** The interval of that version's periods. */
  readonly interval: Interval;
  /** The zone of its periods; it never changes, or two zones' periods would bill the same hours twice. */
  readonly timezone: string;
  /** A date on which one of its periods begins; without one they are the calendar's. */
  readonly anchor?: string;
  readonly start: number;
  readonly flatFrom: number;
  readonly createdAt: number;
}

/** Where subscriptions are kept; nothing of one ever changes. */
export interface Subscriptions {
  /** Creates a subscription; "exists" where the id is taken. */
  addSubscription(subscription: Subscription): Promise<"added" | "exists">;
  /** All subscriptions of a customer, by (start, createdAt, id). Strong. */
  subscriptionsOf(merchant: MerchantId, customer: CustomerId): Promise<readonly Subscription[]>;
  /** Subscriptions of a merchant page by page, for lists. */
  subscriptions(
    merchant: MerchantId,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<{ readonly subscriptions: readonly Subscription[]; readonly next?: string }>;
}
