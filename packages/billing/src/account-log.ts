import type { Alongside } from "@farthing/ledger";
import type { CustomerRef } from "@farthing/metering";
import type { CurrencyCode, Picos } from "@farthing/money";
import type { InvoiceStatus, LaterEvent } from "./invoice-state.ts";

/** An invoice of a customer. */
export interface InvoicePlace {
  readonly seal: number;
  readonly currency: CurrencyCode;
}

/** An invoice went from one state to another. Units: `amount`, in picos, is what was due as it went. */
export interface Transitioned {
  readonly kind: "transition";
  readonly event: LaterEvent;
  readonly from: InvoiceStatus;
  readonly to: InvoiceStatus;
  readonly amount: Picos;
}

/** An event that a credit note gives back. */
export interface CreditedEvent {
  readonly id: string;
  readonly source?: string;
}

/**
 * A credit note: an invoice gives back a part of what its lines came to. `total`, in whole minor units, lowers what is due
 * or is a refund to make; the next seal takes `carried` = `exact` − `total` off what it carries in.
 *
 * Units: picos.
 */
export interface Credited {
  readonly kind: "credit";
  readonly as: "due" | "refund" | "carry";
  readonly lines: readonly { readonly line: string; readonly exact: Picos }[];
  readonly events?: readonly CreditedEvent[];
  readonly exact: Picos;
  readonly total: Picos;
  readonly carried: Picos;
  /** The state after it: an open invoice of which nothing is left to ask for is paid. */
  readonly to: InvoiceStatus;
  /** The caller's idempotency key: the same again is the same note. */
  readonly key?: string;
}

/**
 * One thing that happened to a sealed invoice: a record of the customer's account log. Number n is created only under
 * (customer, n), by one that had read all before it, and never changes. Units: times in milliseconds.
 */
export interface AccountRecord {
  readonly customer: CustomerRef;
  readonly number: number;
  readonly invoice: InvoicePlace;
  readonly change: Transitioned | Credited;
  /** When it happened, as whoever recorded it says. */
  readonly at: number;
  readonly recordedAt: number;
  readonly reason?: string;
  /** What another system calls it, such as a payment. */
  readonly reference?: string;
}

/** Posts what a record does to the books, with the record written alongside. */
export type PostAlongside = (record: Alongside) => Promise<"appended" | "taken">;

/** Where the account logs of customers are kept. Every read is strong. */
export interface AccountLog {
  /** The records from a number on, in order. */
  recordsFrom(customer: CustomerRef, number: number): Promise<readonly AccountRecord[]>;
  /**
   * Creates record `number`, after it is noted as news; "taken" where another was first. With a posting both are written in
   * one transaction, by the ledger.
   */
  appendRecord(record: AccountRecord, posting?: PostAlongside): Promise<"appended" | "taken">;
}
