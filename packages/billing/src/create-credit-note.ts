import { err, type MerchantId, ok, type Picos, type Result } from "@farthing/money";
import type { AccountRecord, CreditedEvent } from "./account-log.ts";
import { appendBooked, type BookingStores } from "./book-records.ts";
import { type CreditAsked, type CreditRefused, creditOf } from "./credit-note.ts";
import { type CreditNoteDocument, creditNoteDocument, type FoundNote } from "./credit-note-document.ts";
import { chargedLines, type UnknownEvent } from "./credited-events.ts";
import { accountOf, recordsOf } from "./invoice-account.ts";
import type { ChargeStores } from "./list-charges.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import { type NumberStores, numberInvoices } from "./number-invoices.ts";
import type { NotFound } from "./read-customers.ts";
import { findInvoice } from "./read-invoices.ts";

/** What making credit notes needs. */
export interface CreditNoteStores extends ChargeStores, BookingStores, Omit<NumberStores, "numbers"> {
  /** The numbers of credit notes, a series of their own. */
  readonly noteNumbers: NumberStores["numbers"];
}

/** What a credit note is to give back: all, of lines, or what events were charged. Units: picos. */
export type CreditScope =
  | { readonly whole: true }
  | { readonly lines: readonly { readonly line: string; readonly amount?: Picos | undefined }[] }
  | { readonly events: readonly CreditedEvent[] };

/** A credit note as it is asked for. */
export interface CreditNoteOrder {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly scope: CreditScope;
  readonly as?: "refund" | "carry" | undefined;
  readonly reason: string;
  /** The caller's idempotency key: the same again is the same note. */
  readonly key?: string | undefined;
}

/**
 * Makes a credit note of an invoice and gives it the next number of its series. Under the same key it is the same note.
 *
 * Errors, in this order: `not_found`, `unknown_event`, then those of `creditOf`.
 */
export async function createCreditNote(
  stores: CreditNoteStores,
  order: CreditNoteOrder,
): Promise<Result<CreditNoteDocument, NotFound | UnknownEvent | CreditRefused>> {
  const found = await findInvoice(stores.seals, order.merchant, order.id);
  if (!found.ok) return found;
  const asked = await askedOf(stores, found.value, order);
  if (!asked.ok) return asked;
  for (;;) {
    const all = await stores.account.recordsFrom(found.value.seal.customer, 1);
    const next = nextRecord(all, found.value, { asked: asked.value, reason: order.reason, now: stores.clock.now() });
    if (!next.ok) return next;
    const { note, isNew } = next.value;
    if (isNew && (await appendBooked(stores, note.record, { ...found.value, all })) === "taken") continue;
    const before = all.filter(({ number }) => number < note.record.number);
    return ok(await issue(stores, { ...found.value, ...note }, before));
  }
}

async function askedOf(
  stores: ChargeStores,
  found: FoundInvoice,
  { scope, as, key }: CreditNoteOrder,
): Promise<Result<CreditAsked, UnknownEvent>> {
  if ("whole" in scope) return ok({ lines: "whole", as, key });
  if ("lines" in scope) return ok({ lines: scope.lines, as, key });
  const lines = await chargedLines(stores, found, scope.events);
  return lines.ok ? ok({ lines: lines.value, events: scope.events, as, key }) : err(lines.error);
}

interface NextRecord {
  readonly note: Pick<FoundNote, "record" | "credit">;
  readonly isNew: boolean;
}

function nextRecord(
  all: readonly AccountRecord[],
  { seal, invoice }: FoundInvoice,
  { asked, reason, now }: { readonly asked: CreditAsked; readonly reason: string; readonly now: number },
): Result<NextRecord, CreditRefused> {
  const place = { seal: seal.number, currency: invoice.currency };
  const records = recordsOf(all, place);
  for (const record of records) {
    const { change } = record;
    if (change.kind === "credit" && change.key !== undefined && change.key === asked.key)
      return ok({ note: { record, credit: change }, isNew: false });
  }
  const credit = creditOf(invoice, accountOf(invoice, records), asked);
  if (!credit.ok) return credit;
  const number = (all.at(-1)?.number ?? 0) + 1;
  const times = { at: now, recordedAt: now, reason };
  const record = { customer: seal.customer, number, invoice: place, change: credit.value, ...times };
  return ok({ note: { record, credit: credit.value }, isNew: true });
}

/** Numbers a note behind those of its customer that came before, of which a process may have died over one. */
async function issue(
  stores: CreditNoteStores,
  note: FoundNote,
  before: readonly AccountRecord[],
): Promise<CreditNoteDocument> {
  const { merchant, customer } = note.seal.customer;
  const notes = [...before, note.record].filter(({ change }) => change.kind === "credit");
  const names = notes.map(({ number: seal, invoice: { currency } }) => ({ customer, seal, currency }));
  await numberInvoices({ ...stores, numbers: stores.noteNumbers }, merchant, names);
  const name = { customer, seal: note.record.number, currency: note.invoice.currency };
  return creditNoteDocument(note, await stores.noteNumbers.issued(merchant, name));
}
