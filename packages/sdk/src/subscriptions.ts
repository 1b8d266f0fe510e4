import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { type PostOptions, postJson } from "./request-json.ts";

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
}

/** A subscription as kept: it stays on its version of the plan. */
export interface Subscription extends NewSubscription {
  readonly id: string;
  readonly start: string;
  readonly billing: "calendar" | "anchor";
  readonly interval: "day" | "week" | "month" | "quarter" | "year";
  readonly timezone: string;
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
  /** GET /v1/subscriptions. */
  list: (query: SubscriptionQuery = {}): Promise<Page<Subscription>> =>
    getPage(connection, "/v1/subscriptions", { ...query }),
  /** GET /v1/subscriptions, page after page. */
  each: (query: SubscriptionQuery = {}): AsyncGenerator<Subscription, void> =>
    eachOf(connection, "/v1/subscriptions", { ...query }),
});
