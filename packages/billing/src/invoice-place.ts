import type { InvoiceEntry } from "./settlement.ts";

/** Where an invoice stands among those of its settlement, as text that sorts like them; a page goes on behind it. */
export function placeInSettlement({
  customer,
  seal,
  currency,
}: Pick<InvoiceEntry, "customer" | "seal" | "currency">): string {
  return `${customer}#${String(seal).padStart(9, "0")}#${currency}`;
}

/** Where an invoice stands among all of its merchant, by when it was sealed. */
export function placeInTime(entry: Pick<InvoiceEntry, "sealedAt" | "customer" | "seal" | "currency">): string {
  return `${String(entry.sealedAt).padStart(15, "0")}#${placeInSettlement(entry)}`;
}
