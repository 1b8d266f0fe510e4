import { createHash } from "node:crypto";
import { err, type MerchantId, ok, type Result } from "@farthing/money";
import { type InvoiceDocument, invoiceDocument, type SettlementDocument, settlementDocument } from "./documents.ts";
import { parseInvoiceId } from "./invoice-id.ts";
import type { InvoiceNumbers } from "./invoice-numbers.ts";
import { invoiceSheet } from "./invoice-sheet.ts";
import { type FoundInvoice, type LiveStores, liveOf } from "./live-invoice.ts";
import type { InvoicePrinter } from "./print-invoice.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import type { Seals } from "./seal.ts";
import type { InvoiceEntry, InvoiceIndex, Settlements } from "./settlement.ts";

/** What reading invoices needs. */
export interface InvoiceStores extends LiveStores {
  readonly invoices: InvoiceIndex;
  readonly settlements: Settlements;
  readonly numbers: Pick<InvoiceNumbers, "issued" | "blockAt">;
}

/** Finds an invoice by its id. Errors: `not_found`. */
export async function findInvoice(
  seals: Seals,
  merchant: MerchantId,
  id: string,
): Promise<Result<FoundInvoice, NotFound>> {
  const name = parseInvoiceId(id);
  const seal = name === undefined ? undefined : await seals.seal({ merchant, customer: name.customer }, name.seal);
  const invoice = seal?.invoices.find(({ currency }) => currency === name?.currency);
  return seal === undefined || invoice === undefined ? err({ code: "not_found" }) : ok({ seal, invoice });
}

/**
 * Shows an invoice with its lines, what became of it, and the digest of its document, which is drawn for that.
 *
 * Errors: `not_found`.
 */
export async function getInvoice(
  stores: LiveStores & { readonly printer: InvoicePrinter },
  { merchant, id }: { readonly merchant: MerchantId; readonly id: string },
): Promise<Result<InvoiceDocument, NotFound>> {
  const found = await findInvoice(stores.seals, merchant, id);
  if (!found.ok) return found;
  const { seal, invoice } = found.value;
  const live = await liveOf(stores, found.value);
  if (live.issued === undefined) return ok(invoiceDocument(seal, invoice, live));
  const content = await stores.printer.print(invoiceSheet(found.value, live.issued));
  const digest = createHash("sha256").update(content).digest("hex");
  return ok(invoiceDocument(seal, invoice, { ...live, digest }));
}

/** Reads an invoice that the index names. Errors: throws where its seal is not there. */
export async function readEntry(
  seals: Seals,
  { merchant, customer, seal: number, currency }: InvoiceEntry,
): Promise<FoundInvoice> {
  const seal = await seals.seal({ merchant, customer }, number);
  const invoice = seal?.invoices.find((candidate) => candidate.currency === currency);
  if (seal === undefined || invoice === undefined) throw new Error("the index names an invoice that no seal holds");
  return { seal, invoice };
}

/** Shows a settlement. Errors: `not_found`. */
export async function getSettlement(
  { settlements }: Pick<InvoiceStores, "settlements">,
  { merchant, id }: { readonly merchant: MerchantId; readonly id: string },
): Promise<Result<SettlementDocument, NotFound>> {
  const settlement = await settlements.settlement(merchant, id);
  return settlement === undefined ? err({ code: "not_found" }) : ok(settlementDocument(settlement));
}

/** Lists settlements, newest first. */
export async function listSettlements(
  { settlements }: Pick<InvoiceStores, "settlements">,
  { merchant, limit, after }: ListPage & { readonly merchant: MerchantId },
): Promise<Result<Listed<SettlementDocument>, never>> {
  const page = await settlements.settlements(merchant, { limit, ...(after === undefined ? {} : { after }) });
  return ok({
    items: page.settlements.map(settlementDocument),
    ...(page.next === undefined ? {} : { next: page.next }),
  });
}
