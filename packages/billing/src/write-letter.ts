import { formatMoney, type Picos } from "@farthing/money";
import type { Collection, CollectionNotice } from "./collection.ts";
import { invoiceId } from "./invoice-id.ts";
import { dateText, moneyText } from "./invoice-texts.ts";
import { lettersOf } from "./letter-words.ts";
import type { Letter } from "./mailer.ts";
import type { Language } from "./party.ts";

/** Whom a letter is between, and how it names the invoice. */
export interface LetterTo {
  readonly email: string;
  readonly language: Language;
  readonly timezone: string;
  readonly seller: string;
  readonly number?: number | undefined;
  readonly link: string;
}

/** Writes what a notice tells a customer; the same notice is the same letter. */
export function writeLetter(
  collection: Collection,
  notice: Extract<CollectionNotice, { kind: "letter" }>,
  to: LetterTo,
): Letter {
  const { language, timezone, seller, number, link } = to;
  const words = lettersOf[language][notice.letter];
  const money = (amount: Picos) => moneyText(formatMoney(amount, collection.currency), collection.currency, language);
  const facts = {
    seller: oneLine(seller),
    invoice: number === undefined ? invoiceId(collection) : String(number),
    amount: money(notice.amount ?? collection.amount),
    link,
    next: dateText(notice.next ?? notice.at, timezone, language),
  };
  const id = `${collection.merchant}.${invoiceId(collection)}.${notice.letter}.${notice.at}`;
  const text = `${words.lines(facts).join("\n\n")}\n`;
  return { id, to: to.email, from: facts.seller, subject: oneLine(words.subject(facts)), text };
}

/** A name may come from outside: a line end in it would begin another header. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 200)
    .toWellFormed();
}
