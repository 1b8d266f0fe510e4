import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { getJson, getStream, type PostOptions, postJson } from "./request-json.ts";

/** What to give back of an invoice: lines, what events were charged, or all that is left. */
export type CreditNoteContent = (
  | { readonly lines: readonly { readonly id: string; readonly amount?: string }[] }
  | { readonly events: readonly { readonly id: string; readonly source?: string }[] }
  | { readonly whole: true }
) & {
  /** How a paid invoice gives it back; by default on the next invoice. */
  readonly as?: "refund" | "carry";
  readonly reason: string;
};

/** What was given back of an invoice: exact = total + carried. */
export interface CreditNote {
  readonly id: string;
  /** The merchant's credit notes, without gap. */
  readonly number?: number;
  readonly invoice: string;
  readonly customer: string;
  readonly currency: string;
  readonly as: "due" | "refund" | "carry";
  readonly lines: readonly { readonly line: string; readonly description: string; readonly exact: string }[];
  readonly events?: readonly { readonly id: string; readonly source?: string }[];
  readonly exact: string;
  /** What it takes off what is due, or what is to be refunded. */
  readonly total: string;
  /** What the next seal takes off what it carries in. */
  readonly carried: string;
  readonly reason: string;
  readonly createdAt: string;
}

/** Which credit notes: an invoice's, a customer's, or all by their numbers. */
export interface CreditNoteQuery extends PageQuery {
  readonly invoice?: string;
  readonly customer?: string;
}

/** Credit notes. */
export const creditNoteCalls = (connection: Connection) => ({
  /** POST /v1/invoices/{id}/credit-notes. */
  create: (invoice: string, content: CreditNoteContent, options?: PostOptions): Promise<CreditNote> =>
    postJson(connection, `/v1/invoices/${encodeURIComponent(invoice)}/credit-notes`, content, options),
  /** GET /v1/credit-notes, newest first. */
  list: (query: CreditNoteQuery = {}): Promise<Page<CreditNote>> =>
    getPage(connection, "/v1/credit-notes", { ...query }),
  /** GET /v1/credit-notes, page after page. */
  each: (query: CreditNoteQuery = {}): AsyncGenerator<CreditNote, void> =>
    eachOf(connection, "/v1/credit-notes", { ...query }),
  /** GET /v1/credit-notes/{id}. */
  get: (id: string): Promise<CreditNote> => getJson(connection, pathOf(id)),
  /** GET /v1/credit-notes/{id}/pdf, as a response whose body is not read yet. */
  pdf: (id: string): Promise<Response> => getStream(connection, `${pathOf(id)}/pdf`),
});

function pathOf(id: string): string {
  return `/v1/credit-notes/${encodeURIComponent(id)}`;
}
