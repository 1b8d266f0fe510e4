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

/**
 * One thing that happened to a sealed invoice: a record of the customer's account log. Number n is created only under
 * (customer, n), by one that had read all before it, and never changes. Units: times in milliseconds.
 */
export interface AccountRecord {
  readonly customer: CustomerRef;
  readonly number: number;
  readonly invoice: InvoicePlace;
  readonly change: Transitioned;
  /** When it happened, as whoever recorded it says. */
  readonly at: number;
  readonly recordedAt: number;
  readonly reason?: string;
  /** What another system calls it, such as a payment. */
  readonly reference?: string;
}

/** Where the account logs of customers are kept. Every read is strong. */
export interface AccountLog {
  /** The records from a number on, in order. */
  recordsFrom(customer: CustomerRef, number: number): Promise<readonly AccountRecord[]>;
  /** Creates record `number`, after it is noted as news; "taken" where another was first. */
  appendRecord(record: AccountRecord): Promise<"appended" | "taken">;
}
