import {
  type Cause,
  type CauseKind,
  draftPosting,
  type LedgerStores,
  type Posting,
  partyId,
  postFirst,
} from "@farthing/ledger";
import { divideRounded, expectOk, minus, noMoney, type Picos, picosFrom, sum } from "@farthing/money";
import type { AccountLog, AccountRecord, Credited } from "./account-log.ts";
import { creditNoteId } from "./credit-note-id.ts";
import { accountOf, recordsOf } from "./invoice-account.ts";
import { invoiceId } from "./invoice-id.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import { isTaxKind, taxOf } from "./post-invoices.ts";

/** What appending to an account log needs. */
export interface BookingStores extends LedgerStores {
  readonly account: AccountLog;
}

/** The invoice that a record is about, and every record of its customer before it. */
export interface BookedInvoice extends FoundInvoice {
  readonly all: readonly AccountRecord[];
}

/** Appends a record with what it does to the books, in one transaction; "taken" where another was first. */
export async function appendBooked(
  stores: BookingStores,
  record: AccountRecord,
  booked: BookedInvoice,
): Promise<"appended" | "taken"> {
  const posting = recordPosting(record, booked);
  if (posting === undefined) return await stores.account.appendRecord(record);
  return await stores.account.appendRecord(record, async (alongside) => {
    // Another's posting of the same came with another's record.
    const outcome = await postFirst(stores, posting, alongside);
    return outcome === "posted" ? "appended" : "taken";
  });
}

/**
 * What a record posts: credit notes, and what people say of an invoice or collection gives up. What a payment rail collects
 * and refunds is posted by its own facts.
 */
export function recordPosting(record: AccountRecord, booked: BookedInvoice): Posting | undefined {
  const { change } = record;
  if (change.kind === "credit") return creditPosting(record, change, booked);
  const { left } = accountOf(booked.invoice, recordsOf(booked.all, record.invoice));
  const wasGivenUp = change.from === "uncollectible";
  const tax = taxIn(booked, left);
  switch (change.event) {
    case "paid_outside": {
      const parts = { gross: left, net: left, fee: noMoney };
      return posted(wasGivenUp ? "write_off_recovered" : "payment_received", parts, { record, booked });
    }
    case "voided": {
      const parts = { total: left, carried: noMoney, net: minus(left, tax), tax };
      return posted(wasGivenUp ? "write_off_voided" : "invoice_voided", parts, { record, booked });
    }
    case "written_off":
    case "given_up":
      return posted("invoice_written_off", { total: left, net: left, tax: noMoney }, { record, booked });
    default:
      return undefined;
  }
}

function creditPosting(record: AccountRecord, credit: Credited, booked: BookedInvoice): Posting | undefined {
  const { total, carried, exact } = credit;
  const tax = taxCredited(credit, booked);
  return posted("credit_noted", { total, carried, net: minus(exact, tax), tax }, { record, booked });
}

/** The tax that a note gives back: its lines of tax, and of what includes its tax as large a share as the invoice has. */
function taxCredited({ lines, exact }: Credited, { invoice }: FoundInvoice): Picos {
  const ofTax = new Map(invoice.lines.flatMap((line) => (isTaxKind(line.kind) ? [[line.id, line] as const] : [])));
  const added = sum(lines.flatMap((one) => (ofTax.has(one.line) ? [one.exact] : [])));
  const included = minus(taxOf(invoice), sum([...ofTax.values()].map((line) => line.exact)));
  if (included === noMoney || invoice.exact === noMoney) return added;
  return sum([added, picosFrom(divideRounded(included * exact, invoice.exact, "half-even"))]);
}

interface Of {
  readonly record: AccountRecord;
  readonly booked: BookedInvoice;
}

function posted<Kind extends CauseKind>(kind: Kind, parts: Cause<Kind>["parts"], { record, booked }: Of) {
  const { merchant, customer } = record.customer;
  const { currency, seal } = record.invoice;
  const invoice = invoiceId({ customer, seal, currency });
  const note = creditNoteId({ customer, record: record.number, currency });
  const drafted = draftPosting<Kind>({
    kind,
    id: kind === "credit_noted" ? note : invoice,
    merchant,
    occurredAt: record.at,
    currency: booked.invoice.currency,
    party: partyId(customer),
    parts,
    description: descriptions[kind] ?? kind,
    facts: { invoice, ...(record.reference === undefined ? {} : { reference: record.reference }) },
  });
  return drafted.ok || drafted.error.code !== "nothing_to_post" ? expectOk(drafted) : undefined;
}

const descriptions: Partial<Record<CauseKind, string>> = {
  payment_received: "Paid outside",
  write_off_recovered: "Paid outside after it was given up",
  invoice_voided: "Invoice voided",
  write_off_voided: "Invoice voided after it was given up",
  invoice_written_off: "Invoice given up",
  credit_noted: "Credit note",
};

/** How much of what is left of an invoice is tax: as large a share as in its total. */
function taxIn({ invoice }: FoundInvoice, left: Picos): Picos {
  const tax = taxOf(invoice);
  if (invoice.total === noMoney || tax === noMoney) return noMoney;
  return picosFrom(divideRounded(tax * left, invoice.total, "half-even"));
}
