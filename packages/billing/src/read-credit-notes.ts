import { type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { AccountLog, AccountRecord } from "./account-log.ts";
import { type CreditNoteDocument, creditNoteDocument, type FoundNote } from "./credit-note-document.ts";
import { type CreditNoteName, parseCreditNoteId } from "./credit-note-id.ts";
import { creditSheet } from "./credit-sheet.ts";
import type { ExportFile } from "./export-part.ts";
import { type InvoiceName, parseInvoiceId } from "./invoice-id.ts";
import type { InvoiceNumbers } from "./invoice-numbers.ts";
import type { InvoicePrinter, NotIssued } from "./print-invoice.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import type { Seals } from "./seal.ts";

/** What reading credit notes needs. */
export interface NoteStores {
  readonly seals: Seals;
  readonly account: Pick<AccountLog, "recordsFrom">;
  readonly numbers: Pick<InvoiceNumbers, "issued">;
  /** The numbers of credit notes, a series of their own: a note stands there under the number of its record. */
  readonly noteNumbers: Pick<InvoiceNumbers, "issued" | "blockAt">;
}

/** Which credit notes to list. */
export interface NoteFilter extends ListPage {
  readonly merchant: MerchantId;
  readonly customer?: CustomerId | undefined;
  readonly invoice?: string | undefined;
}

interface NoteRef {
  readonly merchant: MerchantId;
  readonly id: string;
}

/** Shows a credit note. Errors: `not_found`. */
export async function getCreditNote(
  stores: NoteStores,
  { merchant, id }: NoteRef,
): Promise<Result<CreditNoteDocument, NotFound>> {
  const name = parseCreditNoteId(id);
  const note = name === undefined ? undefined : await findNote(stores, merchant, name);
  return note === undefined ? err({ code: "not_found" }) : ok(await shown(stores, note));
}

/**
 * Prints a credit note in the manner of its invoice: the same bytes whenever it is printed.
 *
 * Errors, in this order: `not_found`, `not_issued`.
 */
export async function printCreditNote(
  stores: NoteStores & { readonly printer: InvoicePrinter },
  { merchant, id }: NoteRef,
): Promise<Result<ExportFile, NotFound | NotIssued>> {
  const name = parseCreditNoteId(id);
  const note = name === undefined ? undefined : await findNote(stores, merchant, name);
  if (name === undefined || note === undefined) return err({ code: "not_found" });
  const issued = await stores.noteNumbers.issued(merchant, issuedName(name));
  const first = await stores.numbers.issued(merchant, { ...note.record.invoice, customer: name.customer });
  if (issued === undefined || first === undefined) return err({ code: "not_issued" });
  const content = await stores.printer.print(creditSheet(note, { issued, invoiceNumber: first.number }));
  return ok({ name: `credit-note-${issued.number}.pdf`, mediaType: "application/pdf", content });
}

/** Lists credit notes, newest first: an invoice's, a customer's, or all by their numbers. */
export async function listCreditNotes(
  stores: NoteStores,
  { merchant, customer, invoice, limit, after }: NoteFilter,
): Promise<Result<Listed<CreditNoteDocument>, never>> {
  const name = invoice === undefined ? undefined : parseInvoiceId(invoice);
  const owner = customer ?? name?.customer;
  if (owner === undefined) {
    return ok(invoice === undefined ? await notesOfMerchant(stores, { merchant, limit, after }) : { items: [] });
  }
  const records = (await stores.account.recordsFrom({ merchant, customer: owner }, 1)).filter(
    (record) => record.change.kind === "credit" && (invoice === undefined || isOf(record, name)),
  );
  const older = records.toReversed().filter(({ number }) => after === undefined || number < Number(after));
  const page = older.slice(0, limit);
  const items = await Promise.all(
    page.map(async ({ number: record, invoice: { currency } }) => {
      const note = await findNote(stores, merchant, { customer: owner, record, currency });
      if (note === undefined) throw new Error("a customer's account log lost a record");
      return await shown(stores, note);
    }),
  );
  const last = page.at(-1);
  return ok({ items, ...(last !== undefined && page.length < older.length ? { next: String(last.number) } : {}) });
}

function isOf({ customer, invoice }: AccountRecord, name: InvoiceName | undefined): boolean {
  return (
    name !== undefined &&
    customer.customer === name.customer &&
    invoice.seal === name.seal &&
    invoice.currency === name.currency
  );
}

/** All notes of a merchant by their numbers, which tell where each is. */
async function notesOfMerchant(
  stores: NoteStores,
  { merchant, limit, after }: ListPage & { readonly merchant: MerchantId },
): Promise<Listed<CreditNoteDocument>> {
  const newest = await stores.noteNumbers.blockAt(merchant);
  let number = after === undefined ? (newest?.first ?? 0) + (newest?.invoices.length ?? 0) - 1 : Number(after) - 1;
  const items: CreditNoteDocument[] = [];
  for (; number > 0 && items.length < limit; number--) {
    const block = await stores.noteNumbers.blockAt(merchant, number);
    const place = block?.invoices[number - block.first];
    if (place === undefined) throw new Error("a series of credit notes has a gap");
    const note = await findNote(stores, merchant, { ...place, record: place.seal });
    if (note !== undefined) items.push({ ...(await shown(stores, note)), number });
  }
  return { items, ...(number > 0 ? { next: String(number + 1) } : {}) };
}

async function findNote(
  stores: NoteStores,
  merchant: MerchantId,
  { customer, record: number, currency }: CreditNoteName,
): Promise<FoundNote | undefined> {
  const ref = { merchant, customer };
  const [record] = await stores.account.recordsFrom(ref, number);
  if (record?.number !== number || record.change.kind !== "credit" || record.invoice.currency !== currency) return;
  const seal = await stores.seals.seal(ref, record.invoice.seal);
  const invoice = seal?.invoices.find((one) => one.currency === currency);
  if (seal === undefined || invoice === undefined) throw new Error("a credit note names an invoice that no seal holds");
  return { seal, invoice, record, credit: record.change };
}

async function shown(stores: NoteStores, note: FoundNote): Promise<CreditNoteDocument> {
  const { merchant, customer } = note.seal.customer;
  const name = { customer, record: note.record.number, currency: note.invoice.currency };
  return creditNoteDocument(note, await stores.noteNumbers.issued(merchant, issuedName(name)));
}

function issuedName({ customer, record, currency }: CreditNoteName): InvoiceName {
  return { customer, seal: record, currency };
}
