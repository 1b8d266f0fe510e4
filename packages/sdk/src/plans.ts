import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import type { Price } from "./prices.ts";
import { getJson, putJson } from "./request-json.ts";

/** What a plan is made of. */
export interface PlanContent {
  readonly currency: string;
  readonly interval: "month" | "day";
  readonly prices: readonly Price[];
  readonly minimumInvoice?: string;
  readonly name?: string;
}

/** A version of a plan; other content makes another version. */
export interface Plan extends PlanContent {
  readonly key: string;
  readonly version: number;
  readonly createdAt: string;
}

/** Plans: what is charged. */
export const planCalls = (connection: Connection) => ({
  /** PUT /v1/plans/{key}. */
  put: (key: string, content: PlanContent): Promise<Plan> =>
    putJson(connection, `/v1/plans/${encodeURIComponent(key)}`, content),
  /** GET /v1/plans/{key}. */
  get: (key: string): Promise<Plan> => getJson(connection, `/v1/plans/${encodeURIComponent(key)}`),
  /** GET /v1/plans. */
  list: (query: PageQuery = {}): Promise<Page<Plan>> => getPage(connection, "/v1/plans", { ...query }),
  /** GET /v1/plans, page after page. */
  each: (query: PageQuery = {}): AsyncGenerator<Plan, void> => eachOf(connection, "/v1/plans", { ...query }),
});
