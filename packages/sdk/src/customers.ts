import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import type { CollectPolicy } from "./plans.ts";
import { getJson, putJson } from "./request-json.ts";

/** What is known of a customer. */
export interface CustomerContent {
  readonly name?: string;
  readonly email?: string;
  readonly currency?: string;
  readonly timezone?: string;
  /** The key of the plan that the customer is charged by. */
  readonly plan?: string;
  /** Lines of a postal address, as invoices show it. */
  readonly address?: string;
  readonly taxId?: string;
  /** Where it is taxed: a code of ISO 3166. */
  readonly country?: string;
  readonly taxStatus?: "taxable" | "exempt" | "reverse_charge";
  /** A rate of its own, in place of its country's: "0.19" is 19 percent. */
  readonly taxRate?: string;
  /** The language that its invoices are written in; English by default. */
  readonly language?: "en" | "ko";
  /** How many days after its seal an invoice is due; the merchant's by default. */
  readonly paymentTermsDays?: number;
  /** When its balance is asked for, and not carried on; its plan's policy by default. */
  readonly collect?: CollectPolicy;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A customer as kept. One that is not `known` was seen in events only. */
export interface Customer extends CustomerContent {
  readonly id: string;
  readonly known: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a customer owes in one currency, now. Amounts are decimal strings. */
export interface CurrencyBalance {
  readonly currency: string;
  /** What invoices came to: what open ones still ask for, and what was paid, given up and written off. */
  readonly due: string;
  readonly paid: string;
  /** What credit notes made refunds to make, and what they gave back in whatever way. */
  readonly refunds: string;
  readonly credited: string;
  readonly voided: string;
  readonly uncollectible: string;
  readonly held: string;
  readonly prepaid: string;
  readonly carried: string;
  readonly unbilled: string;
}

/** What a customer owes, by currency. */
export interface Balance {
  readonly customer: string;
  readonly balances: readonly CurrencyBalance[];
  readonly asOf: string;
}

/** Customers: who is charged. */
export const customerCalls = (connection: Connection) => ({
  /** PUT /v1/customers/{id}. */
  put: (id: string, content: CustomerContent): Promise<Customer> =>
    putJson(connection, `/v1/customers/${encodeURIComponent(id)}`, content),
  /** GET /v1/customers/{id}. */
  get: (id: string): Promise<Customer> => getJson(connection, `/v1/customers/${encodeURIComponent(id)}`),
  /** GET /v1/customers. */
  list: (query: PageQuery = {}): Promise<Page<Customer>> => getPage(connection, "/v1/customers", { ...query }),
  /** GET /v1/customers, page after page. */
  each: (query: PageQuery = {}): AsyncGenerator<Customer, void> => eachOf(connection, "/v1/customers", { ...query }),
  /** GET /v1/customers/{id}/balance. */
  balance: (id: string): Promise<Balance> => getJson(connection, `/v1/customers/${encodeURIComponent(id)}/balance`),
});
