import type { Collection } from "./collections.ts";
import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { getJson, getStream, type PostOptions, postJson } from "./request-json.ts";

/** Where an invoice stands; one that is `carried` moved its amount to the next. */
export type InvoiceStatus = "draft" | "sealed" | "paid" | "past_due" | "void" | "uncollectible" | "carried";

/** A line of an invoice. Amounts and quantities are decimal strings. */
export interface InvoiceLine {
  readonly id: string;
  readonly kind: "usage" | "flat" | "minimum" | "charges" | "adjustment" | "discount" | "credit" | "tax" | "carry";
  readonly meter?: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly description: string;
  readonly period?: { readonly from: string; readonly to: string };
  readonly quantity?: string;
  /** The coupon that a discount takes off. */
  readonly coupon?: string;
  /** The grant that a credit draws on, and what each charge drew of it. */
  readonly grant?: string;
  readonly draws?: readonly { readonly description: string; readonly exact: string; readonly taken: string }[];
  readonly tax?: {
    readonly name: string;
    readonly rate: string;
    readonly kind: "exclusive" | "inclusive" | "reverse_charge" | "exempt";
    readonly base: string;
    readonly amount: string;
  };
  readonly exact: string;
  readonly amount: string;
}

/** An invoice as lists show it: exact + carriedIn = total + carriedOut. */
export interface InvoiceSummary {
  readonly id: string;
  /** The merchant's numbers, without gap; a carried invoice asks for nothing and has none. */
  readonly number?: number;
  readonly customer: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly currency: string;
  readonly status: InvoiceStatus;
  readonly exact: string;
  readonly carriedIn: string;
  readonly total: string;
  readonly carriedOut: string;
  /** What is still asked for, and when it is to be paid. */
  readonly due: string;
  readonly dueAt?: string;
  /** What collecting it costs, and how many percent of its total that is. */
  readonly fee?: { readonly method: string; readonly amount: string; readonly share: string };
  readonly events: number;
  readonly root: string;
  readonly settlement: string;
  readonly sealedAt: string;
}

/** One thing that happened to an invoice, and whose doing it was. */
export interface InvoiceHappening {
  readonly event:
    | "sealed"
    | "carried"
    | "collected"
    | "fell_due"
    | "paid_outside"
    | "voided"
    | "written_off"
    | "given_up"
    | "credited";
  readonly status: InvoiceStatus;
  readonly by: "billing" | "collection" | "people";
  /** What was due as it happened; of a credit note, what it gave back. */
  readonly amount?: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly reason?: string;
  readonly reference?: string;
}

/** An invoice with its lines, whose amounts add up to its total. */
export interface Invoice extends InvoiceSummary {
  readonly lines: readonly InvoiceLine[];
  /** What became of it, in order, its seal first. */
  readonly history: readonly InvoiceHappening[];
  /** SHA-256 of its PDF, in hex. */
  readonly digest?: string;
}

/** An invoice that is not sealed yet: what a settlement would make of it now. */
export interface DraftInvoice extends Omit<Invoice, "number" | "dueAt" | "settlement" | "digest"> {
  readonly becomes: "sealed" | "carried";
}

/** A customer's drafts, one a currency. */
export interface Drafts {
  readonly customer: string;
  readonly asOf: string;
  readonly invoices: readonly DraftInvoice[];
}

/** Why something happens to an invoice, when it did, and what another system calls it. */
export interface InvoiceChangeContent {
  readonly reason: string;
  readonly at?: string;
  readonly reference?: string;
}

/** What the bill grew by when one event was added, in order of (time, id). */
export interface MicroCharge {
  /** `carried` has no event: it is what comes into a line's period, and has the line's id. */
  readonly kind: "event" | "carried";
  readonly id: string;
  readonly source?: string;
  readonly time: string;
  readonly type: string;
  /** The id of the invoice's line that it is part of. */
  readonly line: string;
  readonly meter?: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly quantity: string;
  readonly amount: string;
  /** The sum of the amounts up to this one. */
  readonly running: string;
}

/** Which micro-charges of an invoice. */
export interface ChargeQuery extends PageQuery {
  /** Of one line. */
  readonly line?: string;
}

/** Which invoices. */
export interface InvoiceQuery extends PageQuery {
  readonly customer?: string;
  readonly status?: InvoiceStatus;
  readonly settlement?: string;
  readonly number?: number;
}

/** Invoices, and the micro-charges behind them. */
export const invoiceCalls = (connection: Connection) => ({
  /** GET /v1/invoices. */
  list: (query: InvoiceQuery = {}): Promise<Page<InvoiceSummary>> => getPage(connection, "/v1/invoices", { ...query }),
  /** GET /v1/invoices, page after page. */
  each: (query: InvoiceQuery = {}): AsyncGenerator<InvoiceSummary, void> =>
    eachOf(connection, "/v1/invoices", { ...query }),
  /** GET /v1/customers/{id}/invoices/draft: billed up to an instant, or to now. */
  draft: (customer: string, query: { readonly through?: string } = {}): Promise<Drafts> =>
    getJson(connection, `/v1/customers/${encodeURIComponent(customer)}/invoices/draft`, { ...query }),
  /** GET /v1/invoices/{id}. */
  get: (id: string): Promise<Invoice> => getJson(connection, pathOf(id)),
  /** GET /v1/invoices/{id}/pdf, as a response whose body is not read yet. */
  pdf: (id: string): Promise<Response> => getStream(connection, `${pathOf(id)}/pdf`),
  /** POST /v1/invoices/{id}/pay: it was paid outside. */
  pay: (id: string, why: InvoiceChangeContent, options: PostOptions = {}): Promise<Invoice> =>
    postJson(connection, `${pathOf(id)}/pay`, why, options),
  /** POST /v1/invoices/{id}/void: its demand is given up. */
  void: (id: string, why: InvoiceChangeContent, options: PostOptions = {}): Promise<Invoice> =>
    postJson(connection, `${pathOf(id)}/void`, why, options),
  /** POST /v1/invoices/{id}/uncollectible: it is written off. */
  writeOff: (id: string, why: InvoiceChangeContent, options: PostOptions = {}): Promise<Invoice> =>
    postJson(connection, `${pathOf(id)}/uncollectible`, why, options),
  /** GET /v1/invoices/{id}/collection: `not_found` where nothing collects it. */
  collection: (id: string): Promise<Collection> => getJson(connection, `${pathOf(id)}/collection`),
  /** GET /v1/invoices/{id}/charges. */
  charges: (id: string, query: ChargeQuery = {}): Promise<Page<MicroCharge>> =>
    getPage(connection, `${pathOf(id)}/charges`, { ...query }),
  /** GET /v1/invoices/{id}/charges, page after page. */
  eachCharge: (id: string, query: ChargeQuery = {}): AsyncGenerator<MicroCharge, void> =>
    eachOf(connection, `${pathOf(id)}/charges`, { ...query }),
});

function pathOf(id: string): string {
  return `/v1/invoices/${encodeURIComponent(id)}`;
}
