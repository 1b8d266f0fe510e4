import type {
  Balance,
  Conservation,
  Customer,
  EventQuery,
  EventTail,
  ExportFormat,
  Invoice,
  InvoiceStatus,
  InvoiceSummary,
  Merchant,
  Meter,
  MicroCharge,
  Page,
  Plan,
  SeenEvent,
  Settlement,
  Subscription,
  Usage,
} from "@farthing/sdk";
import { notFound } from "next/navigation";
import { cache } from "react";
import { type Answer, answerOf, clientOf, given, read } from "./api-call.ts";
import type { Range, Window } from "./ranges.ts";

export { type Answer, apiAddress } from "./api-call.ts";

/** A list's answer. */
export type Listed<T> = Promise<Answer<Page<T>>>;

/** Which page of a list: what the address holds. */
export interface PageChoice {
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** Which invoices of a list. */
export interface InvoiceChoice extends PageChoice {
  readonly status?: string | undefined;
  readonly customer?: string | undefined;
  readonly settlement?: string | undefined;
}

/** The states that a list of invoices can be narrowed to. */
export const listedStates = [
  "sealed",
  "carried",
  "paid",
  "past_due",
  "void",
  "uncollectible",
] as const satisfies readonly InvoiceStatus[];

/** Who this console shows. */
export const getMerchant = cache((): Promise<Answer<Merchant>> => read((api) => api.merchant.get()));

/** The zone whose days and months the console shows; UTC where the merchant cannot be read. */
export async function merchantZone(): Promise<string> {
  const merchant = await getMerchant();
  return merchant.ok ? merchant.value.timezone : "UTC";
}

/** A page of customers, in order of their ids. */
export function listCustomers(page: PageChoice): Listed<Customer> {
  return read((api) => api.customers.list(given(page)));
}

/** One customer. */
export const getCustomer = cache((id: string): Promise<Answer<Customer>> => read((api) => api.customers.get(id)));

/** What a customer owes, has and carries, in each currency. */
export function getBalance(id: string): Promise<Answer<Balance>> {
  return read((api) => api.customers.balance(id));
}

/** A customer's subscriptions. */
export function listSubscriptions(customer: string): Listed<Subscription> {
  return read((api) => api.subscriptions.list({ customer, limit: 100 }));
}

/** All meters, as far as one page holds them. */
export const listMeters = cache((): Listed<Meter> => read((api) => api.meters.list({ limit: 500 })));

/** A page of plans, each in its newest version. */
export function listPlans(page: PageChoice): Listed<Plan> {
  return read((api) => api.plans.list(given(page)));
}

/** One plan in its newest version. */
export const getPlan = cache((key: string): Promise<Answer<Plan>> => read((api) => api.plans.get(key)));

/** What is asked about a meter's usage: of one customer or of all, whole or apart by a group. */
export interface UsageAsk {
  readonly meter: string;
  readonly range: Range;
  readonly window: Window;
  readonly zone: string;
  readonly customer?: string | undefined;
  readonly by?: string | undefined;
}

/** What a meter measured, window by window in a zone. */
export function queryUsage({
  meter,
  range: { from, to },
  window,
  zone,
  customer,
  by,
}: UsageAsk): Promise<Answer<Usage>> {
  const query = { meter, from, to, window, timezone: zone };
  return read((api) => api.usage.query({ ...query, ...given({ customer, groupBy: by === undefined ? by : [by] }) }));
}

/** A page of invoices, newest first, by the filters that the address holds; a status that it gets wrong filters nothing. */
export function listInvoices({ status, ...choice }: InvoiceChoice): Listed<InvoiceSummary> {
  const state = listedStates.find((each) => each === status);
  return read((api) => api.invoices.list(given({ ...choice, status: state })));
}

/** One invoice with its lines. */
export const getInvoice = cache((id: string): Promise<Answer<Invoice>> => read((api) => api.invoices.get(id)));

/** A page of the micro-charges under one line of an invoice; their running total is that line's. */
export function listCharges(invoice: string, page: PageChoice & { readonly line: string }): Listed<MicroCharge> {
  return read((api) => api.invoices.charges(invoice, given(page)));
}

/** A page of settlements, newest first. */
export function listSettlements(page: PageChoice): Listed<Settlement> {
  return read((api) => api.settlements.list(given(page)));
}

/** One settlement. */
export const getSettlement = cache((id: string): Promise<Answer<Settlement>> => read((api) => api.settlements.get(id)));

/** Where the events of a stretch of time went, whole or apart for each customer or meter. */
export function getConservation({ from, to }: Pick<Range, "from" | "to">, groupBy?: "customer" | "meter") {
  return read((api): Promise<Conservation> => api.reports.conservation({ from, to, ...given({ groupBy }) }));
}

/** A page of events with what became of each. */
export function listEvents(query: EventQuery): Listed<SeenEvent> {
  return read((api) => api.events.list(query));
}

/** What a browser asks of the live tail. */
export interface TailChoice {
  readonly cursor: string | undefined;
  readonly customer: string | undefined;
  readonly type: string | undefined;
}

/** What arrived since a cursor, waiting some seconds where there is nothing yet. */
export function tailEvents(choice: TailChoice): Promise<Answer<EventTail>> {
  return read((api) => api.events.tail({ ...given(choice), wait: 10 }));
}

/** A settlement's export as CSV, its body not read yet. */
export function exportSettlement(id: string, format: ExportFormat): Promise<Answer<Response>> {
  return read((api) => api.settlements.export(id, format));
}

/** An invoice's document, as a response whose body is not read yet. */
export function printInvoice(id: string): Promise<Answer<Response>> {
  return read((api) => api.invoices.pdf(id));
}

/** Tells whether a key opens the API. */
export async function isAccepted(key: string): Promise<boolean> {
  return (await answerOf(clientOf(key).merchant.get())).ok;
}

/** An answer about one thing. Where there is no such thing, or its id cannot be one, the page is the not-found page. */
export function orNotFound<T>(answer: Answer<T>): Answer<T> {
  if (!answer.ok && (answer.problem.status === 404 || answer.problem.code === "invalid_request")) notFound();
  return answer;
}
