import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import type { Price } from "./prices.ts";
import { getJson, type PostOptions, postJson } from "./request-json.ts";

/** A plan that a customer is to be charged by, from a moment on. */
export interface NewSubscription {
  readonly customer: string;
  readonly plan: string;
  /** Left out, it is the beginning: everything that no invoice billed yet. */
  readonly start?: string;
  /** Whether its periods are the calendar's (the default), or counted from an anchor. */
  readonly billing?: "calendar" | "anchor";
  /** A date on which one of its periods begins, such as "2026-01-31"; the start's by default. */
  readonly anchor?: string;
  /** Whether flat prices of a period held in part are divided by time (the default), or charged whole. */
  readonly proration?: "time" | "none";
  /** It charges beside the customer's base subscription, and takes over from none. */
  readonly addOn?: boolean;
  /** How many times its flat prices are charged; "1" by default. */
  readonly quantity?: string;
  /** The customer's own prices. */
  readonly overrides?: readonly PriceOverride[];
}

/** A price of a customer's own: the key of a price of the plan, and the fields in which it differs. */
export interface PriceOverride {
  readonly price: string;
  readonly [field: string]: unknown;
}

/** From when something becomes of a subscription: now, by default, as its period ends, or a moment. */
export interface SubscriptionStep {
  readonly at?: "now" | "period_end" | (string & {});
  readonly proration?: "time" | "none";
}

/** To what a subscription is changed; without a plan, to its plan's newest version. */
export interface SubscriptionChange extends SubscriptionStep {
  readonly plan?: string;
  readonly quantity?: string;
  readonly overrides?: readonly PriceOverride[];
}

/** A subscription as kept: it stays on its version of the plan. */
export interface Subscription extends Omit<NewSubscription, "proration" | "overrides"> {
  readonly id: string;
  readonly start: string;
  readonly billing: "calendar" | "anchor";
  readonly interval: "day" | "week" | "month" | "quarter" | "year";
  readonly timezone: string;
  readonly addOn: boolean;
  readonly quantity: string;
  readonly overrides?: readonly (Price & { readonly key: string })[];
  readonly status: "scheduled" | "active" | "paused" | "ended";
  readonly end?: string;
  /** The subscription that it was changed from. */
  readonly replaces?: string;
  readonly events: readonly {
    readonly kind: "pause" | "resume" | "cancel";
    readonly at: string;
    readonly proration: "time" | "none";
  }[];
  readonly planVersion: number;
  readonly createdAt: string;
}

/** Which subscriptions. */
export interface SubscriptionQuery extends PageQuery {
  readonly customer?: string;
}

/** Subscriptions: which customer has which plan. */
export const subscriptionCalls = (connection: Connection) => ({
  /** POST /v1/subscriptions. */
  create: (subscription: NewSubscription, options?: PostOptions): Promise<Subscription> =>
    postJson(connection, "/v1/subscriptions", subscription, options),
  /** GET /v1/subscriptions/{id}. */
  get: (id: string): Promise<Subscription> => getJson(connection, `/v1/subscriptions/${encodeURIComponent(id)}`),
  /** POST /v1/subscriptions/{id}/change. */
  change: (id: string, change: SubscriptionChange = {}, options?: PostOptions): Promise<Subscription> =>
    postJson(connection, `/v1/subscriptions/${encodeURIComponent(id)}/change`, change, options),
  /** POST /v1/subscriptions/{id}/pause. */
  pause: (id: string, step: SubscriptionStep = {}, options?: PostOptions): Promise<Subscription> =>
    postJson(connection, `/v1/subscriptions/${encodeURIComponent(id)}/pause`, step, options),
  /** POST /v1/subscriptions/{id}/resume. */
  resume: (id: string, step: SubscriptionStep = {}, options?: PostOptions): Promise<Subscription> =>
    postJson(connection, `/v1/subscriptions/${encodeURIComponent(id)}/resume`, step, options),
  /** POST /v1/subscriptions/{id}/cancel. */
  cancel: (id: string, step: SubscriptionStep = {}, options?: PostOptions): Promise<Subscription> =>
    postJson(connection, `/v1/subscriptions/${encodeURIComponent(id)}/cancel`, step, options),
  /** GET /v1/subscriptions. */
  list: (query: SubscriptionQuery = {}): Promise<Page<Subscription>> =>
    getPage(connection, "/v1/subscriptions", { ...query }),
  /** GET /v1/subscriptions, page after page. */
  each: (query: SubscriptionQuery = {}): AsyncGenerator<Subscription, void> =>
    eachOf(connection, "/v1/subscriptions", { ...query }),
});
