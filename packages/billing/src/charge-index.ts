import type { CustomerRef } from "@farthing/metering";
import type { CurrencyCode } from "@farthing/money";
import type { ChargePlace } from "./charge-position.ts";

/** The invoice whose charges are written. */
export interface ChargedInvoice {
  readonly customer: CustomerRef;
  readonly seal: number;
  readonly currency: CurrencyCode;
}

/** A block of an invoice's charges: the place of its first, and which lines, by their number, have any in it. */
export interface BlockEntry {
  readonly first: ChargePlace;
  readonly lines: readonly number[];
}

/** Where the charges of an invoice are written: its blocks in order, as chunks of the customer's log under one key. */
export interface ChargeIndex {
  readonly key: string;
  readonly blocks: readonly BlockEntry[];
}

/**
 * Which invoices have their charges written, and where. It is derived, as the blocks are: made again from the seal it is the
 * same, and an invoice without it is read from its events. Every read is strong.
 */
export interface ChargeIndexes {
  chargeIndex(invoice: ChargedInvoice): Promise<ChargeIndex | undefined>;
  /** Notes an index, after its blocks; the same again changes nothing. */
  putChargeIndex(invoice: ChargedInvoice, index: ChargeIndex): Promise<void>;
}
