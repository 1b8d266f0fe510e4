import type { Connection } from "./connection.ts";
import { getJson, putJson } from "./request-json.ts";

/** What a key may do. `admin` may do everything. */
export type Role = "ingest" | "read" | "billing" | "finance" | "admin";

/** Who sells, as invoices say it. An address has its lines. */
export interface Seller {
  readonly name: string;
  readonly address?: string;
  readonly taxId?: string;
}

/** The tenant that a key belongs to, and the roles of that key. */
export interface Merchant {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly currency: string;
  /** How invoices name the merchant; its name alone where nothing was said. */
  readonly seller?: Seller;
  readonly roles: readonly Role[];
}

/** The merchant of the key in use. */
export const merchantCalls = (connection: Connection) => ({
  /** GET /v1/merchant. */
  get: (): Promise<Merchant> => getJson(connection, "/v1/merchant"),
  /** PUT /v1/merchant. */
  put: (content: { readonly seller: Seller }): Promise<Merchant> => putJson(connection, "/v1/merchant", content),
});
