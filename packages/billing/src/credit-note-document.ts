import { formatMoney, formatPicos } from "@farthing/money";
import type { AccountRecord, Credited } from "./account-log.ts";
import { carryLineId } from "./credit-note.ts";
import { creditNoteId } from "./credit-note-id.ts";
import { timeText } from "./documents.ts";
import { invoiceId } from "./invoice-id.ts";
import type { IssuedInvoice } from "./invoice-numbers.ts";
import type { FoundInvoice } from "./live-invoice.ts";

/** A credit note with the invoice that it is of. */
export interface FoundNote extends FoundInvoice {
  readonly record: AccountRecord;
  readonly credit: Credited;
}

/** A credit note as the API shows it. */
export function creditNoteDocument({ seal, invoice, record, credit }: FoundNote, issued: IssuedInvoice | undefined) {
  const { customer } = seal.customer;
  const { currency } = invoice;
  const descriptions = new Map(invoice.lines.map(({ id, description }) => [id, description]));
  return {
    id: creditNoteId({ customer, record: record.number, currency }),
    ...(issued === undefined ? {} : { number: issued.number }),
    invoice: invoiceId({ customer, seal: seal.number, currency }),
    customer,
    currency,
    as: credit.as,
    lines: credit.lines.map(({ line, exact }) => ({
      line,
      description: line === carryLineId ? "Carried from earlier invoices" : (descriptions.get(line) ?? line),
      exact: formatPicos(exact),
    })),
    ...(credit.events === undefined ? {} : { events: credit.events }),
    exact: formatPicos(credit.exact),
    total: formatMoney(credit.total, currency),
    carried: formatPicos(credit.carried),
    reason: record.reason ?? "",
    createdAt: timeText(record.recordedAt),
  };
}

/** A credit note as the API shows it. */
export type CreditNoteDocument = ReturnType<typeof creditNoteDocument>;
