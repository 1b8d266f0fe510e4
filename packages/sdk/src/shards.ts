import type { Connection } from "./connection.ts";
import { getJson, putJson } from "./request-json.ts";

/** How many shards a merchant has, and where that changes, how many from when on. */
export interface Shards {
  readonly count: number;
  readonly next?: { readonly count: number; readonly from: string };
}

/** Shards: over how many streams a merchant's events are spread. */
export const shardCalls = (connection: Connection) => ({
  /** GET /v1/shards. */
  get: (): Promise<Shards> => getJson(connection, "/v1/shards"),
  /** PUT /v1/shards: 1 to 64, from the second full hour on. */
  set: (count: number): Promise<Shards> => putJson(connection, "/v1/shards", { count }),
});
