import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { getJson, putJson } from "./request-json.ts";

/** How a meter folds the events that it takes. */
export type Aggregation =
  | "count"
  | "sum"
  | "max"
  | "min"
  | "latest"
  | "unique_count"
  | "average"
  | "weighted_sum"
  | "sum_prorated"
  | "unique_count_prorated";

/** What a value is compared with; 1 and "1" are equal. */
export type FilterValue = string | number | boolean;

/** What is asked of the value at a path: all of it must hold. */
export interface FilterCondition {
  readonly eq?: FilterValue;
  readonly in?: readonly FilterValue[];
  readonly gt?: string | number;
  readonly gte?: string | number;
  readonly lt?: string | number;
  readonly lte?: string | number;
  readonly exists?: boolean;
  readonly not?: FilterValue | Omit<FilterCondition, "not">;
}

/** Which events a meter takes: conditions by their path in the event's data, and `and`, `or` and `not` of filters. */
export interface MeterFilter {
  readonly [path: string]: FilterValue | FilterCondition | MeterFilter | readonly MeterFilter[];
}

/** What a meter is made of. */
export interface MeterContent {
  readonly eventType: string;
  readonly aggregation: Aggregation;
  /** A path in the event's data, such as `usage.bytes`; `count` needs none. */
  readonly value?: string;
  /** Of `unique_count_prorated`: a path where "remove" takes a value away. */
  readonly operation?: string;
  readonly filter?: MeterFilter;
  readonly groupBy?: readonly string[];
  readonly name?: string;
  readonly unit?: string;
}

/** A meter as it is kept. */
export interface Meter extends MeterContent {
  readonly key: string;
  readonly groupBy: readonly string[];
  readonly revision: number;
  /** Every event from here on is counted by this definition, earlier ones where no invoice billed them; null where nothing was billed. */
  readonly countsFrom: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Meters: what is counted. */
export const meterCalls = (connection: Connection) => ({
  /** PUT /v1/meters/{key}. */
  put: (key: string, content: MeterContent): Promise<Meter> =>
    putJson(connection, `/v1/meters/${encodeURIComponent(key)}`, content),
  /** GET /v1/meters/{key}. */
  get: (key: string): Promise<Meter> => getJson(connection, `/v1/meters/${encodeURIComponent(key)}`),
  /** GET /v1/meters. */
  list: (query: PageQuery = {}): Promise<Page<Meter>> => getPage(connection, "/v1/meters", { ...query }),
  /** GET /v1/meters, page after page. */
  each: (query: PageQuery = {}): AsyncGenerator<Meter, void> => eachOf(connection, "/v1/meters", { ...query }),
});
