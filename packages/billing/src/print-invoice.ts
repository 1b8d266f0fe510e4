import { err, type MerchantId, ok, type Result } from "@farthing/money";
import type { ExportFile, ExportTooLarge } from "./export-part.ts";
import type { InvoiceNumbers } from "./invoice-numbers.ts";
import { type InvoiceSheet, invoiceSheet } from "./invoice-sheet.ts";
import type { NotFound } from "./read-customers.ts";
import { findInvoice } from "./read-invoices.ts";
import type { Seals } from "./seal.ts";

/** The invoice has no number, and so no document. */
export interface NotIssued {
  readonly code: "not_issued";
}

/** Draws invoices. The same sheet makes the same bytes. */
export interface InvoicePrinter {
  print(sheet: InvoiceSheet): Promise<Uint8Array>;
}

/** What printing invoices needs. */
export interface PrintStores {
  readonly seals: Seals;
  readonly numbers: Pick<InvoiceNumbers, "issued">;
  readonly printer: InvoicePrinter;
}

/** The most that fits into an answer of 6 MB with a third more for base64. */
const largestFile = 4_500_000;

/**
 * Prints an invoice as a PDF, which is the same bytes whenever it is printed: names, addresses and language are those of the
 * moment when the invoice got its number.
 *
 * Errors, in this order: `not_found`, `not_issued`, `export_too_large`.
 */
export async function printInvoice(
  { seals, numbers, printer }: PrintStores,
  { merchant, id }: { readonly merchant: MerchantId; readonly id: string },
): Promise<Result<ExportFile, NotFound | NotIssued | ExportTooLarge>> {
  const found = await findInvoice(seals, merchant, id);
  if (!found.ok) return found;
  const { seal, invoice } = found.value;
  const name = { customer: seal.customer.customer, seal: seal.number, currency: invoice.currency };
  const issued = await numbers.issued(merchant, name);
  if (issued === undefined) return err({ code: "not_issued" });
  const content = await printer.print(invoiceSheet(found.value, issued));
  if (content.byteLength > largestFile) return err({ code: "export_too_large", detail: tooManyLines });
  return ok({ name: `invoice-${issued.number}.pdf`, mediaType: "application/pdf", content });
}

const tooManyLines = "The invoice has too many lines for one document. Its settlement's export has all of them.";
