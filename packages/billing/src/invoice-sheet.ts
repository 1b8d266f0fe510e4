import { formatDecimal, formatMoney, formatPicos, noMoney } from "@farthing/money";
import { carryAmountOf } from "./assemble-invoice.ts";
import { effectiveFee } from "./fee-share.ts";
import type { IssuedInvoice } from "./invoice-numbers.ts";
import { taxNotes, taxTitle, termSums } from "./invoice-sums.ts";
import { dueAtOf, type FeeRule } from "./invoice-terms.ts";
import { dateText, moneyText, numberText, periodText } from "./invoice-texts.ts";
import { type InvoiceWords, wordsOf } from "./invoice-words.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import type { Language, Party } from "./party.ts";
import type { SealedInvoice, SealedLine } from "./seal.ts";

/** A row of an invoice's table. */
export interface SheetRow {
  readonly title: string;
  readonly note: string;
  readonly quantity: string;
  readonly exact: string;
  readonly amount: string;
}

/** What stands on an invoice, in words: whoever draws it decides where. */
export interface InvoiceSheet {
  readonly language: Language;
  readonly words: InvoiceWords;
  readonly heading: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly seller: readonly string[];
  readonly buyer: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly sums: readonly (readonly [label: string, value: string])[];
  readonly total: readonly [label: string, value: string];
  readonly carriedOut: readonly [label: string, value: string];
  readonly notes: readonly string[];
  readonly root: string;
  /** Units: milliseconds. */
  readonly sealedAt: number;
}

const longestText = 300;

/** A text short enough for a row: names come from outside, and one may be as long as a page. */
export function short(text: string): string {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  return plain.length <= longestText ? plain : `${plain.slice(0, longestText - 1).toWellFormed()}…`;
}

/** Writes an invoice down in the language of its customer. Units: dates are those of the zone that the customer is billed in. */
export function invoiceSheet({ seal, invoice }: FoundInvoice, { number, parties, terms }: IssuedInvoice): InvoiceSheet {
  const { seller, buyer, language } = parties;
  const words = wordsOf[language];
  const { timezone, sealedAt, customer, root } = seal;
  const money = (text: string) => moneyText(text, invoice.currency, language);
  const total = formatMoney(invoice.total, invoice.currency);
  return {
    language,
    words,
    heading: `${words.invoice} ${number}`,
    facts: [
      [words.number, String(number)],
      [words.issued, dateText(sealedAt, timezone, language)],
      [words.period, periodText(invoice.period, { timezone, language })],
      [words.customer, short(customer.customer)],
      ...(terms === undefined ? [] : [[words.due, dateText(dueAtOf(seal, terms), timezone, language)] as const]),
    ],
    seller: partyLines(seller, words),
    buyer: partyLines(buyer, words),
    rows: rowsOf(invoice, { words, timezone, language }),
    sums: [
      ...termSums(invoice, words, money),
      [words.exactSum, money(formatPicos(invoice.exact))],
      [words.carriedIn, money(formatPicos(invoice.carriedIn))],
    ],
    total: [words.total, money(total)],
    carriedOut: [words.carriedOut, money(formatPicos(invoice.carriedOut))],
    notes: [
      ...taxNotes(invoice, words),
      words.rounding,
      words.events(numberText(String(invoice.events))),
      ...(terms?.fee === undefined ? [] : [feeNote(invoice, terms.fee, { words, language })]),
    ],
    root,
    sealedAt,
  };
}

function feeNote(
  { total, currency }: SealedInvoice,
  rule: FeeRule,
  { words, language }: { readonly words: InvoiceWords; readonly language: Language },
): string {
  const { method, amount, share } = effectiveFee(total, rule);
  return words.fee({ method: short(method), amount: moneyText(amount, currency, language), share });
}

/** Who sells or buys, line by line. */
export function partyLines({ name, address, taxId }: Party, words: InvoiceWords): readonly string[] {
  const lines = (address ?? "").split("\n").map(short);
  const tax = taxId === undefined ? [] : [`${words.taxId} ${short(taxId)}`];
  return [short(name), ...lines.filter((line) => line !== ""), ...tax];
}

interface Wording {
  readonly words: InvoiceWords;
  readonly timezone: string;
  readonly language: Language;
}

function rowsOf(invoice: SealedInvoice, wording: Wording): readonly SheetRow[] {
  const { currency } = invoice;
  const rows = invoice.lines.map((line) => ({
    title: titleOf(line, wording.words),
    note: periodText({ from: line.key.periodFrom, to: line.key.periodTo }, wording),
    quantity: line.quantity === undefined ? "" : numberText(formatDecimal(line.quantity)),
    exact: numberText(formatPicos(line.exact)),
    amount: numberText(formatMoney(line.amount, currency)),
  }));
  const carry = carryAmountOf(invoice);
  if (carry === noMoney) return rows;
  const amount = numberText(formatMoney(carry, currency));
  return [...rows, { title: wording.words.carryLine, note: "", quantity: "", exact: "0", amount }];
}

function titleOf({ kind, description, tax }: SealedLine, words: InvoiceWords): string {
  if (tax !== undefined) return short(taxTitle(tax, words));
  const title = kind === "charges" ? words.directCharges : short(description);
  const named = kind === "adjustment" || kind === "discount" || kind === "credit";
  return named ? `${words[kind]}: ${title}` : title;
}
