import type { AccountRecord } from "./account-log.ts";
import type { Announcement, Announcements, AnnouncementType } from "./announcement.ts";
import { creditNoteDocument } from "./credit-note-document.ts";
import { invoiceSummary, settlementDocument } from "./documents.ts";
import { accountOf, recordsOf } from "./invoice-account.ts";
import { type InvoiceName, invoiceId } from "./invoice-id.ts";
import type { InvoiceNumbers, IssuedInvoice } from "./invoice-numbers.ts";
import type { LaterEvent } from "./invoice-state.ts";
import { type FoundInvoice, type LiveStores, liveOf, untouched } from "./live-invoice.ts";
import type { Seal } from "./seal.ts";
import type { Settlement } from "./settlement.ts";

/** What announcing sealed invoices needs. */
export interface SealedStores {
  readonly numbers: Pick<InvoiceNumbers, "issuedAmong">;
  readonly announcements: Announcements;
}

/** What each thing that happens to an invoice is called outside. */
const typeOf: Readonly<Record<LaterEvent, AnnouncementType>> = {
  collected: "invoice.paid",
  paid_outside: "invoice.paid",
  fell_due: "invoice.past_due",
  given_up: "invoice.uncollectible",
  voided: "invoice.voided",
  written_off: "invoice.uncollectible",
};

/** Tells of the invoices of one merchant's seals that ask for money, as they were sealed. Again, it tells nothing new. */
export async function announceSealed(stores: SealedStores, seals: readonly Seal[]): Promise<void> {
  const found = seals.flatMap((seal) => seal.invoices.map((invoice) => ({ seal, invoice })));
  const asking = found.filter(({ invoice }) => invoice.status === "sealed");
  const [first] = asking;
  if (first === undefined) return;
  const { merchant } = first.seal.customer;
  const issued = await stores.numbers.issuedAmong(merchant, asking.map(nameOf));
  const byId = new Map(issued.map((one) => [invoiceId(one), one]));
  const told = asking.map((one) => sealedAnnouncement(one, byId.get(invoiceId(nameOf(one)))));
  await stores.announcements.announce(told);
}

function nameOf({ seal, invoice: { currency } }: FoundInvoice): InvoiceName {
  return { customer: seal.customer.customer, seal: seal.number, currency };
}

function sealedAnnouncement({ seal, invoice }: FoundInvoice, issued: IssuedInvoice | undefined): Announcement {
  const data = invoiceSummary(seal, invoice, { ...untouched(invoice), issued });
  const { merchant } = seal.customer;
  return { merchant, type: "invoice.sealed", key: data.id, at: seal.sealedAt, data };
}

/** What is told of a record: its invoice as it was just after it, or the credit note. `all` are the customer's records. */
export async function recordAnnouncement(
  stores: LiveStores,
  { seal, invoice }: FoundInvoice,
  record: AccountRecord,
  all: readonly AccountRecord[],
): Promise<Announcement> {
  const { merchant, customer } = seal.customer;
  const place = { seal: seal.number, currency: invoice.currency };
  const key = `${invoiceId({ customer, ...place })} ${record.number}`;
  const told = { merchant, key, at: record.at };
  const { change } = record;
  if (change.kind === "credit") {
    const data = creditNoteDocument({ seal, invoice, record, credit: change }, undefined);
    return { ...told, type: "credit_note.created", data };
  }
  const upTo = all.filter(({ number }) => number <= record.number);
  const account = accountOf(invoice, recordsOf(upTo, place));
  const data = invoiceSummary(seal, invoice, await liveOf(stores, { seal, invoice }, account));
  return { ...told, type: typeOf[change.event], data };
}

/** What is told of a settlement that is done. */
export function settlementAnnouncement(settlement: Settlement): Announcement {
  const { merchant, id, finishedAt, createdAt } = settlement;
  const data = settlementDocument(settlement);
  return { merchant, type: "settlement.done", key: id, at: finishedAt ?? createdAt, data };
}
