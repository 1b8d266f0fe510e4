import type { Collection, CreditNote, Drafts, InvoiceSummary } from "@farthing/sdk";
import type { InvoiceChoice, Listed } from "./api.ts";
import { type Answer, given, read } from "./api-call.ts";

const mostPastDue = 2_000;

/** What became of an invoice's collection; nothing where nobody collects it. */
export async function getCollection(invoice: string): Promise<Answer<Collection | undefined>> {
  const answer = await read((api) => api.invoices.collection(invoice));
  return !answer.ok && answer.problem.status === 404 ? { ok: true, value: undefined } : answer;
}

/** An invoice's credit notes, newest first, as far as one page holds them. */
export function listCreditNotes(invoice: string): Listed<CreditNote> {
  return read((api) => api.creditNotes.list({ invoice, limit: 100 }));
}

/** A credit note's document, as a response whose body is not read yet. */
export function printCreditNote(id: string): Promise<Answer<Response>> {
  return read((api) => api.creditNotes.pdf(id));
}

/** The invoices that a settlement would seal now. */
export function getDrafts(customer: string): Promise<Answer<Drafts>> {
  return read((api) => api.invoices.draft(customer));
}

/** Invoices past due, and whether there are more than these. */
export interface PastDue {
  readonly invoices: readonly InvoiceSummary[];
  /** Since when each is past due, as far as its collection tells. */
  readonly since: ReadonlyMap<string, string>;
  readonly more: boolean;
}

/** The invoices that are past due, of one customer or settlement where it is said: all of them, up to a bound. */
export function listPastDue({ customer, settlement }: InvoiceChoice): Promise<Answer<PastDue>> {
  return read(async (api) => {
    const invoices: InvoiceSummary[] = [];
    const since = new Map<string, string>();
    for await (const { invoice, pastDueAt } of api.collections.each({ ...given({ customer }), status: "past_due" })) {
      if (pastDueAt !== undefined) since.set(invoice, pastDueAt);
      if (since.size === mostPastDue) break;
    }
    for await (const invoice of api.invoices.each({ ...given({ customer, settlement }), status: "past_due" })) {
      if (invoices.length === mostPastDue) return { invoices, since, more: true };
      invoices.push(invoice);
    }
    return { invoices, since, more: false };
  });
}
