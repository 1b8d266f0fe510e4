import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { type PostOptions, postJson } from "./request-json.ts";

/** A plan that a customer is to be charged by, from a moment on. */
export interface NewSubscription {
  readonly customer: string;
  readonly plan: string;
  /** Left out, it is the beginning: everything that no invoice billed yet. */
  readonly start?: string;
}

/** A subscription as kept: it stays on its version of the plan. */
export interface Subscription extends NewSubscription {
  readonly id: string;
  readonly start: string;
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
