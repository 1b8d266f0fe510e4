import { formatMoney, formatPicos } from "@farthing/money";
import { carryLineId } from "./credit-note.ts";
import type { FoundNote } from "./credit-note-document.ts";
import type { IssuedInvoice } from "./invoice-numbers.ts";
import { type InvoiceSheet, partyLines, short } from "./invoice-sheet.ts";
import { dateText, moneyText, numberText, periodText } from "./invoice-texts.ts";
import { wordsOf } from "./invoice-words.ts";

/** Writes a credit note down in the language of its customer; it names the invoice that it is of. */
export function creditSheet(
  { seal, invoice, record, credit }: FoundNote,
  { issued, invoiceNumber }: { readonly issued: IssuedInvoice; readonly invoiceNumber: number },
): InvoiceSheet {
  const { seller, buyer, language } = issued.parties;
  const words = wordsOf[language];
  const { timezone, customer, root } = seal;
  const money = (text: string) => moneyText(text, invoice.currency, language);
  const lines = new Map(invoice.lines.map((line) => [line.id, line]));
  return {
    language,
    // The title of the page, which is an invoice's otherwise.
    words: { ...words, invoice: words.creditNote },
    heading: `${words.creditNote} ${issued.number}`,
    facts: [
      [words.number, String(issued.number)],
      [words.issued, dateText(record.recordedAt, timezone, language)],
      [words.creditsInvoice, String(invoiceNumber)],
      [words.customer, short(customer.customer)],
    ],
    seller: partyLines(seller, words),
    buyer: partyLines(buyer, words),
    rows: credit.lines.map(({ line: id, exact }) => {
      const line = lines.get(id);
      const period = line && { from: line.key.periodFrom, to: line.key.periodTo };
      return {
        title: id === carryLineId ? words.carryLine : short(line?.description ?? id),
        note: period === undefined ? "" : periodText(period, { timezone, language }),
        quantity: "",
        exact: numberText(formatPicos(exact)),
        amount: "",
      };
    }),
    sums: [[words.creditExact, money(formatPicos(credit.exact))]],
    total: [words.creditTotal[credit.as], money(formatMoney(credit.total, invoice.currency))],
    carriedOut: [words.creditCarried, money(formatPicos(credit.carried))],
    notes: [...(record.reason === undefined ? [] : [`${words.reason}: ${short(record.reason)}`]), words.creditRounding],
    root,
    sealedAt: record.recordedAt,
  };
}
