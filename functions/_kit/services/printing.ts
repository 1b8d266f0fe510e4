import type { InvoicePrinter, LiveStores, NoteStores, PrintStores } from "@farthing/billing";
import { pdfPrinter } from "@farthing/billing/pdf";
import { invoices, notes } from "./billing.ts";
import { lazy } from "./lazy.ts";

/** What printing invoices needs. */
export const printing = lazy((): PrintStores & LiveStores => ({ ...invoices(), printer: pdfPrinter() }));

/** What printing credit notes needs. */
export const printingNotes = lazy((): NoteStores & { readonly printer: InvoicePrinter } => ({
  ...notes(),
  printer: pdfPrinter(),
}));
