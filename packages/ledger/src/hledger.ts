import { type Account, accountId, chart } from "./account.ts";
import { fullScale } from "./full-scale.ts";
import type { Entry } from "./posting.ts";

/** A transaction of plain-text accounting. Units: `date` in milliseconds; it is written as a day of UTC. */
export interface JournalTransaction {
  readonly date: number;
  readonly code: string;
  readonly description: string;
  /** Tags, shown behind the description. */
  readonly tags: Readonly<Record<string, string>>;
  readonly entries: readonly JournalEntry[];
}

/** A leg of a transaction, with a remark where there is something to say. */
export interface JournalEntry extends Entry {
  readonly remark?: string;
}

/**
 * Writes a journal for hledger: the accounts and currencies that it uses, then its transactions.
 *
 * Every amount has twelve decimals: hledger takes an imbalance below the digits written for rounding.
 * Source: hledger 1.25, "journal format".
 */
export function hledgerJournal(transactions: readonly JournalTransaction[]): string {
  const used = transactions.flatMap(({ entries }) => entries.map(({ account }) => account));
  const currencies = sorted(used.map(({ currency }) => `commodity 1000.000000000000 ${currency}\n`));
  const accounts = sorted(used.map((account) => `account ${hledgerAccount(account)}\n`));
  return [...currencies, ...accounts, ...transactions.map((one) => `\n${hledgerTransaction(one)}`)].join("");
}

/** Writes one transaction. */
export function hledgerTransaction({ date, code, description, tags, entries }: JournalTransaction): string {
  const day = new Date(date).toISOString().slice(0, 10);
  const tagged = Object.entries(tags).map(([name, value]) => `${name}:${oneLine(value.replaceAll(",", " "))}`);
  const head = `${day} * (${oneLine(code).replaceAll(")", "%29")}) ${oneLine(description)}  ; ${tagged.join(", ")}`;
  const legs = entries.map(({ account, amount, remark }) => {
    const said = remark === undefined ? "" : `  ; ${oneLine(remark)}`;
    return `    ${hledgerAccount(account)}  ${fullScale(amount)} ${account.currency}${said}`;
  });
  return `${[head, ...legs].join("\n")}\n`;
}

/** An account's name in a chart of plain-text accounting: "assets:receivable:USD:ann". Colons make levels, so a party has none. */
export function hledgerAccount(account: Account): string {
  const { type, currency, party } = account;
  const whole = `${chart[type].group}:${accountId({ type, currency })}`;
  return party === undefined ? whole : `${whole}:${party.replaceAll(":", "%3A")}`;
}

/** A semicolon would begin a comment, a line end the next line. */
function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc};|]+/gu, " ").trim();
}

function sorted(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)].sort();
}
