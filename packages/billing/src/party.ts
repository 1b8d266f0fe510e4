import type { MerchantId } from "@farthing/money";
import type { MerchantTerms } from "./invoice-terms.ts";

/** Who sells or buys, as an invoice names them. An address has its lines. */
export interface Party {
  readonly name: string;
  readonly address?: string;
  readonly taxId?: string;
}

/** The languages that documents are written in. Source: BCP 47. */
export const languages = ["en", "ko"] as const;

/** A language that documents are written in. */
export type Language = (typeof languages)[number];

/** Who an invoice is between, and in which language it is written: as it was when the invoice got its number, for ever. */
export interface Parties {
  readonly seller: Party;
  readonly buyer: Party;
  readonly language: Language;
}

/** Where merchants say how they are named on invoices, and how they bill. Reads are strong. */
export interface Sellers {
  seller(merchant: MerchantId): Promise<Party>;
  terms(merchant: MerchantId): Promise<MerchantTerms>;
}
