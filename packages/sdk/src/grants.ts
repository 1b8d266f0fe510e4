import type { Connection } from "./connection.ts";
import type { ChargeScope } from "./coupons.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { getJson, type PostOptions, postJson } from "./request-json.ts";

/** Credit for a customer: an `amount` of a `currency`, or `units` of a `meter`. */
export interface NewGrant {
  readonly amount?: string;
  readonly currency?: string;
  readonly units?: string;
  readonly meter?: string;
  readonly name?: string;
  /** The lower is drawn first; 50 by default. */
  readonly priority?: number;
  readonly startsAt?: string;
  readonly expiresAt?: string;
  /** What is left when it expires goes on until later, at most `maximum`. */
  readonly rollOver?: { readonly maximum?: string; readonly until: string };
  readonly scope?: ChargeScope;
}

/** A grant as kept, with what invoices have left of it. */
export interface Grant extends NewGrant {
  readonly id: string;
  readonly customer: string;
  readonly priority: number;
  readonly startsAt: string;
  readonly status: "standing" | "rolled" | "over";
  readonly remaining: string;
  readonly createdAt: string;
}

/** An entry of a grant's account; the amounts add up to what is left. */
export interface GrantEntry {
  readonly id: string;
  readonly kind: "grant" | "draw" | "give_back" | "expiry" | "roll_over";
  readonly amount: string;
  readonly running: string;
  readonly at: string;
  readonly invoice?: string;
  readonly line?: string;
  /** The charge that drew, or gave back. */
  readonly description?: string;
}

const of = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}/grants`;

/** Grants: credit that invoices draw on. */
export const grantCalls = (connection: Connection) => ({
  /** POST /v1/customers/{id}/grants. */
  create: (customer: string, grant: NewGrant, options?: PostOptions): Promise<Grant> =>
    postJson(connection, of(customer), grant, options),
  /** GET /v1/customers/{id}/grants/{grant}. */
  get: (customer: string, grant: string): Promise<Grant> =>
    getJson(connection, `${of(customer)}/${encodeURIComponent(grant)}`),
  /** GET /v1/customers/{id}/grants. */
  list: (customer: string, query: PageQuery = {}): Promise<Page<Grant>> =>
    getPage(connection, of(customer), { ...query }),
  /** GET /v1/customers/{id}/grants/{grant}/entries. */
  entries: (customer: string, grant: string, query: PageQuery = {}): Promise<Page<GrantEntry>> =>
    getPage(connection, `${of(customer)}/${encodeURIComponent(grant)}/entries`, { ...query }),
  /** GET /v1/customers/{id}/grants/{grant}/entries, page after page. */
  eachEntry: (customer: string, grant: string, query: PageQuery = {}): AsyncGenerator<GrantEntry, void> =>
    eachOf(connection, `${of(customer)}/${encodeURIComponent(grant)}/entries`, { ...query }),
});
