import { draftPosting, type LedgerStores, type Posting, partyId, postChunk, postRun } from "@farthing/ledger";
import { expectOk, type MerchantId, minus, type Picos, sum } from "@farthing/money";
import { invoiceId } from "./invoice-id.ts";
import type { Seal, SealedInvoice } from "./seal.ts";
import type { Settlement } from "./settlement.ts";

/** What posting invoices needs. */
export type PostingStores = LedgerStores;

/** Whether lines of a kind are tax: owed to the state, and no revenue. */
export function isTaxKind(kind: string): boolean {
  return kind === "tax";
}

/** What of an invoice is tax, also where prices hold it and its line adds nothing. Units: picos. */
export function taxOf({ lines }: Pick<SealedInvoice, "lines">): Picos {
  return sum(lines.flatMap(({ kind, exact, tax }) => (isTaxKind(kind) ? [tax?.amount ?? exact] : [])));
}

/** The parts of an invoice as the rules of the ledger share them out. Units: picos. */
export function invoiceParts(invoice: Pick<SealedInvoice, "lines" | "exact" | "carriedIn" | "carriedOut" | "total">) {
  const tax = taxOf(invoice);
  const { exact, carriedIn, carriedOut, total } = invoice;
  return { total, carried: minus(carriedOut, carriedIn), net: minus(exact, tax), tax };
}

/** The postings of a seal's invoices; one that moves nothing has none. */
export function invoicePostings(seal: Seal): readonly Posting[] {
  const { customer, merchant } = seal.customer;
  return seal.invoices.flatMap((invoice) => {
    const id = invoiceId({ customer, seal: seal.number, currency: invoice.currency });
    const posting = draftPosting({
      kind: "invoice_sealed",
      id,
      merchant,
      occurredAt: seal.sealedAt,
      currency: invoice.currency,
      party: partyId(customer),
      parts: invoiceParts(invoice),
      description: invoice.status === "sealed" ? "Invoice sealed" : "Invoice carried",
      facts: { invoice: id, settlement: seal.settlement },
    });
    return posting.ok || posting.error.code !== "nothing_to_post" ? [expectOk(posting)] : [];
  });
}

/**
 * Posts the invoices of a chunk's seals to their customers' books. May be done again.
 *
 * Errors: throws where the books hold another posting of an invoice: a seal never changes.
 */
export async function postSeals(
  stores: PostingStores,
  { merchant, id, chunk }: { readonly merchant: MerchantId; readonly id: string; readonly chunk: number },
  seals: readonly Seal[],
): Promise<void> {
  const posted = await postChunk(stores, { merchant, run: id, chunk }, seals.flatMap(invoicePostings));
  expectOk<unknown>(posted);
}

/**
 * Posts what a settlement's chunks came to, as one entry an account. May be done again.
 *
 * Answers the chunks that are not posted, which have to be settled again: they were when there were no books yet.
 */
export async function postSettlement(
  stores: PostingStores,
  { merchant, id, chunks, createdAt }: Settlement & { readonly chunks: number },
): Promise<readonly number[]> {
  const posted = await postRun(stores, { merchant, id, chunks, occurredAt: createdAt });
  if (!posted.ok && posted.error.code === "chunks_not_posted") return posted.error.chunks;
  expectOk<unknown>(posted);
  return [];
}
