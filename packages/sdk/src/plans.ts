import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import type { Price } from "./prices.ts";
import { getJson, postJson, putJson, withQuery } from "./request-json.ts";

/** When a balance is asked for. Amounts are decimal strings; `withinPeriodAt` also bills within a period. */
export interface CollectPolicy {
  readonly atAmount?: string;
  readonly afterDays?: number;
  readonly atPeriodEnd?: boolean;
  readonly withinPeriodAt?: string;
}

/** What a subscription is charged from its start on, before the plan's prices: one of three ways. */
export interface Phase {
  readonly key?: string;
  readonly name?: string;
  readonly duration: { readonly interval: PlanContent["interval"]; readonly count: number };
  readonly prices?: readonly Price[];
  /** The part of the plan's prices that is not charged: "0.5" is half off. */
  readonly discount?: string;
  readonly free?: true;
}

/** What a plan is made of. */
export interface PlanContent {
  readonly currency: string;
  readonly interval: "day" | "week" | "month" | "quarter" | "year";
  readonly prices: readonly Price[];
  readonly phases?: readonly Phase[];
  readonly minimumInvoice?: string;
  /** When a balance is asked for, and not carried on: when any of these holds; at every seal where nothing is said. */
  readonly collect?: CollectPolicy;
  readonly name?: string;
}

/** A version of a plan; other content makes another version. */
export interface Plan extends PlanContent {
  readonly key: string;
  readonly version: number;
  readonly createdAt: string;
}

/** Which version to rate closed periods by: a published one, content that is not, or the newest. */
export interface Simulation {
  readonly from: string;
  readonly to: string;
  readonly version?: number;
  readonly plan?: PlanContent;
  readonly customers?: readonly string[];
}

interface Difference {
  readonly billed: string;
  readonly simulated: string;
  readonly difference: string;
}

/** What another version would have charged a customer, in sum and for each period. */
export interface SimulatedCustomer extends Difference {
  readonly customer: string;
  readonly periods: readonly (Difference & {
    readonly subscription: string;
    readonly planVersion: number;
    readonly from: string;
    readonly to: string;
  })[];
  /** Periods of versions in another currency or interval. */
  readonly notCompared: number;
}

/** Plans: what is charged. */
export const planCalls = (connection: Connection) => ({
  /** PUT /v1/plans/{key}. */
  put: (key: string, content: PlanContent): Promise<Plan> =>
    putJson(connection, `/v1/plans/${encodeURIComponent(key)}`, content),
  /** GET /v1/plans/{key}. */
  get: (key: string): Promise<Plan> => getJson(connection, `/v1/plans/${encodeURIComponent(key)}`),
  /** POST /v1/plans/{key}/simulate: one page of customers. */
  simulate: (key: string, simulation: Simulation, query: PageQuery = {}): Promise<Page<SimulatedCustomer>> =>
    postJson(connection, withQuery(`/v1/plans/${encodeURIComponent(key)}/simulate`, { ...query }), simulation),
  /** GET /v1/plans. */
  list: (query: PageQuery = {}): Promise<Page<Plan>> => getPage(connection, "/v1/plans", { ...query }),
  /** GET /v1/plans, page after page. */
  each: (query: PageQuery = {}): AsyncGenerator<Plan, void> => eachOf(connection, "/v1/plans", { ...query }),
});
