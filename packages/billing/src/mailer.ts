import type { CollectionRef } from "./collection.ts";

/** A letter to a customer, in plain text. The same id is the same letter. */
export interface Letter {
  readonly id: string;
  readonly to: string;
  /** Who it is from, in words; the address is the installation's. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends letters. One that was sent and lost its answer may go out again. */
export interface Mailer {
  send(letter: Letter): Promise<void>;
}

/** Makes the address at which a customer pays an invoice; it stays good while the invoice is open. */
export interface PayLinks {
  linkFor(invoice: CollectionRef): Promise<string>;
}
