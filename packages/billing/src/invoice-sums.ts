import { decimal, formatDecimal, formatPicos, multiply, type Picos, sum } from "@farthing/money";
import { numberText } from "./invoice-texts.ts";
import type { InvoiceWords } from "./invoice-words.ts";
import type { SealedInvoice, SealedLine } from "./seal.ts";
import type { SealedTax } from "./seal-terms.ts";
import { isTermLine } from "./standing-line.ts";

/** How a document writes an amount. */
type Money = (decimalText: string) => string;

/**
 * What an invoice's charges come to, and what is taken off them and added: the subtotal, discounts, credit, and each tax on what
 * it is for. Nothing where there is none of these.
 */
export function termSums(
  { lines }: Pick<SealedInvoice, "lines">,
  words: InvoiceWords,
  money: Money,
): readonly (readonly [label: string, value: string])[] {
  if (!lines.some(isTermLine)) return [];
  const exactOf = (kept: readonly SealedLine[]): Picos => sum(kept.map(({ exact }) => exact));
  const kept = (kind: SealedLine["kind"]) => lines.filter((line) => line.kind === kind);
  const part = (label: string, own: readonly SealedLine[]) =>
    own.length === 0 ? [] : [[label, money(formatPicos(exactOf(own)))] as const];
  return [
    [words.subtotal, money(formatPicos(exactOf(lines.filter((line) => !isTermLine(line)))))],
    ...part(words.discount, kept("discount")),
    ...part(words.credit, kept("credit")),
    ...lines.flatMap(({ tax }) => (tax === undefined ? [] : [taxSum(tax, words, money)])),
  ];
}

function taxSum(tax: SealedTax, words: InvoiceWords, money: Money): readonly [string, string] {
  return [`${taxTitle(tax, words)} ${words.on(money(formatPicos(tax.base)))}`, money(formatPicos(tax.amount))];
}

/** What a tax is called on a document: its name with its rate, or why none is charged. */
export function taxTitle({ name, rate, kind }: SealedTax, words: InvoiceWords): string {
  if (kind === "reverse_charge") return words.reverseCharge;
  if (kind === "exempt") return words.exempt;
  const percent = `${numberText(formatDecimal(multiply(decimal(rate), decimal("100"))))}%`;
  return kind === "inclusive" ? words.included(name, percent) : `${name} ${percent}`;
}

/** What has to stand on a document of charges that the buyer accounts for. */
export function taxNotes({ lines }: Pick<SealedInvoice, "lines">, words: InvoiceWords): readonly string[] {
  return lines.some(({ tax }) => tax?.kind === "reverse_charge") ? [words.reverseChargeNote] : [];
}
