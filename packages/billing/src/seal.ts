import type { CustomerRef, StandingVoid, StruckFact } from "@farthing/metering";
import type { CurrencyCode, Decimal, Picos } from "@farthing/money";
import type { CollectTerms } from "./collect-rule.ts";
import type { SealedDraw, SealedTax, SealTerms } from "./seal-terms.ts";

/** What is billed for a customer: the log up to an entry, event time before `cut`. Neither ever goes back. Units: ms. */
export interface Frontier {
  readonly entry: number;
  readonly cut: number;
}

/** Which charge a line continues from seal to seal: lines of one key add up to what the key was charged so far. */
export interface LineKey {
  readonly subscription: string | null;
  readonly price: string;
  readonly periodFrom: number;
  readonly periodTo: number;
  /** The revision at which the meter's definition last changed; lines of other definitions never mix. */
  readonly meterRevision: number;
  readonly currency: CurrencyCode;
}

/**
 * One line of an invoice: what its key is charged now, less what earlier seals charged for it.
 *
 * Units: `exact` in picos, `quantity` as metered; `chargedExact` and `chargedQuantity` are the key's totals through this seal.
 */
export interface SealedLine {
  readonly id: string;
  readonly kind: "usage" | "flat" | "minimum" | "charges" | "adjustment" | "discount" | "credit" | "tax";
  readonly key: LineKey;
  readonly meter?: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly description: string;
  readonly quantity?: Decimal;
  readonly exact: Picos;
  readonly amount: Picos;
  readonly chargedQuantity?: Decimal;
  readonly chargedExact: Picos;
  /** The coupon that a line of kind `discount` takes off. */
  readonly coupon?: string;
  /** The grant that a line of kind `credit` draws on, and what each charge drew. */
  readonly grant?: string;
  readonly draws?: readonly SealedDraw[];
  /** What a line of kind `tax` comes to. */
  readonly tax?: SealedTax;
}

/** The invoice of one currency in a seal. Units: money in picos, times in milliseconds. */
export interface SealedInvoice {
  readonly currency: CurrencyCode;
  readonly status: "sealed" | "carried";
  readonly period: { readonly from: number; readonly to: number };
  readonly lines: readonly SealedLine[];
  readonly exact: Picos;
  readonly carriedIn: Picos;
  readonly total: Picos;
  readonly carriedOut: Picos;
  readonly events: number;
}

/**
 * A link of a customer's chain of seals; number n is created once, by a settlement that had read seal n − 1.
 *
 * `readFrom` is the first entry with facts at or after the cut. `tree` is the compact range of the log's Merkle tree at the
 * frontier (RFC 6962, leaves are statement roots), `root` its head in hex. `carries` holds what each currency carries out.
 */
export interface Seal {
  readonly customer: CustomerRef;
  readonly number: number;
  readonly frontier: Frontier;
  readonly readFrom: number;
  readonly invoices: readonly SealedInvoice[];
  readonly carries: Readonly<Record<string, Picos>>;
  /** The record of the customer's account log that it read up to, and what credit notes until then took off its carry. */
  readonly account?: number;
  readonly creditNotes?: Readonly<Record<string, Picos>>;
  /** The customer's own policy of asking for money, and when what a policy carries on was first billed. Units: milliseconds. */
  readonly collect?: CollectTerms;
  readonly since?: Readonly<Record<string, number>>;
  readonly struck: readonly StruckFact[];
  readonly voids: readonly StandingVoid[];
  readonly meterRevision: number;
  /** The ids of the subscriptions that it charged by: one that is not among them is new to the next seal. */
  readonly subscriptions: readonly string[];
  /** How many events of each it charged by, where there were any. */
  readonly subscriptionEvents?: Readonly<Record<string, number>>;
  /** The zone of the months that direct charges are billed by: the customer's at its first seal with facts, for ever. */
  readonly timezone: string;
  readonly tree: string;
  readonly root: string;
  readonly settlement: string;
  readonly sealedAt: number;
  /** What it knew and did of coupons, grants and taxes; absent where the customer has none. */
  readonly terms?: SealTerms;
}

/** Whether a seal covers any fact: before that, nothing was billed that a zone or a plan made later could bill again. */
export function hasFacts(seal: Seal | undefined): seal is Seal {
  return seal !== undefined && seal.frontier.entry > 0;
}

/** Where chains of seals are kept. Every read is strong. */
export interface Seals {
  /** The newest seal of a customer. */
  latestSeal(customer: CustomerRef): Promise<Seal | undefined>;
  /** The seal of a number. */
  seal(customer: CustomerRef, number: number): Promise<Seal | undefined>;
  /** All seals of a customer, in order. */
  seals(customer: CustomerRef): Promise<readonly Seal[]>;
  /** Creates seal `number`; "taken" where another settlement was first. */
  appendSeal(seal: Seal): Promise<"sealed" | "taken">;
}
