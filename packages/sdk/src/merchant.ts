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

/** What collecting by one method costs in one currency: a percentage and a fixed part, at most the cap. */
export interface FeeRule {
  readonly method: string;
  readonly currency: string;
  readonly percent: string;
  readonly fixed: string;
  readonly cap?: string;
}

/** How sealed invoices are collected: tries so many days after the first one, and how long past due they are given up. */
export interface CollectionTerms {
  /** The merchant's own account at the payment provider. */
  readonly account?: string;
  readonly retryDays: readonly number[];
  readonly writeOffDays: number;
}

/** What a merchant says of itself; what is left out stays as it is. */
export interface MerchantContent {
  /** How invoices name the merchant; its name alone where nothing was said. */
  readonly seller?: Seller;
  /** Hours from a period's end to its seal. */
  readonly graceHours?: number;
  /** Days from an invoice's seal to when it is due. */
  readonly paymentTermsDays?: number;
  readonly fees?: readonly FeeRule[];
  /** A merchant that has said how is collected; nobody else is. */
  readonly collection?: CollectionTerms;
}

/** The tenant that a key belongs to, and the roles of that key. */
export interface Merchant extends MerchantContent {
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
  /** PUT /v1/merchant. */
  put: (content: MerchantContent): Promise<Merchant> => putJson(connection, "/v1/merchant", content),
});
