import type { CollectionRef } from "./collection.ts";

/** Where the states of invoices are kept, as far as collection moves them. The same again changes nothing. */
export interface InvoiceStates {
  /** Notes that an invoice was paid, is past due, or was given up. Units: milliseconds. */
  mark(invoice: CollectionRef, status: "paid" | "past_due" | "uncollectible", at: number): Promise<void>;
}
