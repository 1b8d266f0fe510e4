import type { CustomerId, Decimal, MerchantId } from "@farthing/money";
import type { Interval, Price } from "@farthing/pricing";
import type { SubscriptionEvent } from "./subscription-event.ts";

/**
 * What a customer is charged by, from when: one version of a plan. It ends where the customer's next subscription starts, an
 * add-on where what it is changed to does, or where an event of its own says so.
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
  /** Where the phases of its plan are counted from; its start, left out. */
  readonly phasesFrom?: number;
  /** Of a period in which it takes over from another, that one's flat prices are charged whole. */
  readonly proration?: "none";
  /** The subscription that it was changed from. */
  readonly replaces?: string;
  /** An add-on charges beside the base subscription: the id of the first of those that take over from each other. */
  readonly addOn?: string;
  /** How many times its flat prices are charged; once, left out. */
  readonly quantity?: Decimal;
  /** The customer's own prices, in the place of the plan's of the same keys. */
  readonly overrides?: readonly Price[];
  readonly createdAt: number;
  /** What became of it, in order; none while it runs as it was made. */
  readonly events?: readonly SubscriptionEvent[];
}

/** Where subscriptions are kept; nothing of one ever changes, and events are only added. */
export interface Subscriptions {
  /** Creates a subscription, without its events; "exists" where the id is taken. */
  addSubscription(subscription: Subscription): Promise<"added" | "exists">;
  /** Adds event `number` of a subscription; "taken" where another writer was first. */
  addEvent(of: SubscriptionRef, event: SubscriptionEvent): Promise<"added" | "taken">;
  /** All subscriptions of a customer, by (start, createdAt, id), with their events. Strong. */
  subscriptionsOf(merchant: MerchantId, customer: CustomerId): Promise<readonly Subscription[]>;
  /** Subscriptions of a merchant page by page, for lists, without their events. */
  subscriptions(
    merchant: MerchantId,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<{ readonly subscriptions: readonly Subscription[]; readonly next?: string }>;
}

/** Names a subscription. */
export type SubscriptionRef = Pick<Subscription, "merchant" | "customer" | "id">;
