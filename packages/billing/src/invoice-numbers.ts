import type { MerchantId } from "@farthing/money";
import type { InvoiceName } from "./invoice-id.ts";
import type { IssuedTerms } from "./invoice-terms.ts";
import type { Parties } from "./party.ts";

/**
 * A block of a merchant's numbering log: its invoices have the numbers from `first` on. It is created once, under its first
 * number, by a numberer that had read the block before it.
 */
export interface NumberBlock {
  readonly merchant: MerchantId;
  readonly first: number;
  readonly invoices: readonly InvoiceName[];
}

/** An invoice with the number that it was given, and who it is between as of then: what is issued never changes. */
export interface IssuedInvoice extends InvoiceName {
  readonly merchant: MerchantId;
  readonly number: number;
  readonly parties: Parties;
  /** How it is to be paid; of an invoice that was issued before there were terms, nothing is known. */
  readonly terms?: IssuedTerms;
}

/** Where invoices are numbered, or credit notes in a series of their own, as the records that they are. Every read is strong. */
export interface InvoiceNumbers {
  /** The block that holds a number, or the newest block before it; without a number the newest. */
  blockAt(merchant: MerchantId, number?: number): Promise<NumberBlock | undefined>;
  /** The blocks that begin at a number or after it, in order. */
  blocksFrom(merchant: MerchantId, first: number): Promise<readonly NumberBlock[]>;
  /** Creates the block that begins at `first`; "taken" where another numberer, or this one's lost answer, was first. */
  appendBlock(block: NumberBlock): Promise<"appended" | "taken">;
  /** Notes an invoice's number and parties beside it; what is noted stays as it is. */
  noteIssued(issued: IssuedInvoice): Promise<void>;
  issued(merchant: MerchantId, invoice: InvoiceName): Promise<IssuedInvoice | undefined>;
  /** Those of some invoices that are issued, in any order. */
  issuedAmong(merchant: MerchantId, invoices: readonly InvoiceName[]): Promise<readonly IssuedInvoice[]>;
}
