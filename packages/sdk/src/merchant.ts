import type { Connection } from "./connection.ts";
import { getJson } from "./request-json.ts";

/** What a key may do. `admin` may do everything. */
export type Role = "ingest" | "read" | "billing" | "finance" | "admin";

/** The tenant that a key belongs to, and the roles of that key. */
export interface Merchant {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly currency: string;
  readonly roles: readonly Role[];
}

/** The merchant of the key in use. */
export const merchantCalls = (connection: Connection) => ({
  /** GET /v1/merchant. */
  get: (): Promise<Merchant> => getJson(connection, "/v1/merchant"),
});
