import type { LiveStores, PrintStores } from "@farthing/billing";
import { pdfPrinter } from "@farthing/billing/pdf";
import { invoices } from "./billing.ts";
import { lazy } from "./lazy.ts";

/** What printing invoices needs. */
export const printing = lazy((): PrintStores & LiveStores => ({ ...invoices(), printer: pdfPrinter() }));
