import type { CurrencyCode, CustomerId, MerchantId, Picos } from "@farthing/money";
import type { Language } from "./party.ts";

/**
 * What a rail says to a request: done; refused, so that nothing happened, and with `final` never will; busy, so that nothing
 * happened yet; or unknown, where the request may have acted or may act later.
 */
export type RailReply<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "refused"; readonly code: string; readonly final: boolean }
  | { readonly kind: "busy" }
  | { readonly kind: "unknown" };

/** What a rail put on the merchant's balance for a payment or a refund, in the currency of that balance. Units: picos, ms. */
export interface Movement {
  readonly id: string;
  readonly amount: Picos;
  readonly fee: Picos;
  readonly currency: CurrencyCode;
  readonly at: number;
}

/**
 * A payment at a rail: `open` was not taken, `processing` may be in days, `succeeded` was, `closed` never will be.
 *
 * `charge` names the last try and `decline` says why that failed. Units: picos, milliseconds.
 */
export interface RailPayment {
  readonly id: string;
  readonly status: "open" | "processing" | "succeeded" | "closed";
  readonly amount: Picos;
  readonly currency: CurrencyCode;
  readonly createdAt: number;
  readonly merchant?: string | undefined;
  readonly invoice?: string | undefined;
  readonly charge?: string | undefined;
  readonly decline?: string | undefined;
  readonly movement?: Movement | undefined;
}

/** A refund at a rail; `key` is ours. */
export interface RailRefund {
  readonly id: string;
  readonly key?: string | undefined;
  readonly status: "done" | "pending" | "failed";
  readonly movement?: Movement | undefined;
}

/** A payment to ask for. Units: picos. */
export interface PaymentOrder {
  readonly customer: string;
  readonly amount: Picos;
  readonly currency: CurrencyCode;
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly key: string;
}

/** A refund to make; `refundKey` is found again on it. Units: picos. */
export interface RefundOrder {
  readonly payment: string;
  readonly amount: Picos;
  readonly currency: CurrencyCode;
  readonly metadata: Readonly<Record<string, string>>;
  readonly key: string;
}

/** A customer as a rail is told of it. */
export interface RailPayer {
  readonly merchant: MerchantId;
  readonly customer: CustomerId;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly language: Language;
}

/** A hosted page to open, on which a customer saves how to pay. */
export interface PageOrder {
  readonly customer: string;
  readonly currency: CurrencyCode;
  readonly language: Language;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A movement of the balance with what of ours it is for. */
export interface MovementFor extends Movement {
  readonly kind: "payment" | "refund" | "other";
  readonly merchant?: string | undefined;
  readonly invoice?: string | undefined;
  readonly payment?: string | undefined;
}

/** A stretch of time, and where in it to go on. Units: milliseconds; `to` is no part of it. */
export interface RailRange {
  readonly from: number;
  readonly to: number;
  readonly after?: string | undefined;
}

/** Where money is collected. Every call may act and lose its answer. */
export interface PaymentRail {
  createCustomer(payer: RailPayer, key: string): Promise<RailReply<string>>;
  /** How the customer pays without being asked: the newest that it saved. */
  savedMethod(customer: string): Promise<RailReply<string | undefined>>;
  /** Asks for a payment, and takes nothing yet. */
  createPayment(order: PaymentOrder): Promise<RailReply<RailPayment>>;
  /** The payments of a customer for one of our invoices. */
  findPayments(customer: string, invoice: string): Promise<RailReply<readonly RailPayment[]>>;
  readPayment(id: string): Promise<RailReply<RailPayment>>;
  /** Takes a payment, at most once however often it is asked. A decline is `done`, of a payment that stays open. */
  takePayment(order: {
    readonly id: string;
    readonly method: string;
    readonly key: string;
  }): Promise<RailReply<RailPayment>>;
  /** Closes a payment that was not taken; one that was is answered as it is. */
  closePayment(id: string, key: string): Promise<RailReply<RailPayment>>;
  refund(order: RefundOrder): Promise<RailReply<RailRefund>>;
  findRefunds(payment: string): Promise<RailReply<readonly RailRefund[]>>;
  openPage(order: PageOrder): Promise<RailReply<string>>;
  movements(range: RailRange): Promise<RailReply<{ readonly items: readonly MovementFor[]; readonly next?: string }>>;
  /** Payments by when they were asked for. */
  payments(range: RailRange): Promise<RailReply<{ readonly items: readonly RailPayment[]; readonly next?: string }>>;
}
