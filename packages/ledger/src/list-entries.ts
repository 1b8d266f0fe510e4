import { err, type MerchantId, ok, type Picos, picosFrom, type Result, sum } from "@farthing/money";
import { type Account, accountId, parseAccountId } from "./account.ts";
import { bookName, type Line } from "./book.ts";
import type { Books } from "./books.ts";
import { type EntryDocument, entryDocument } from "./documents.ts";
import { generalLines, type MergedPlace, type MergedRange, mergedLines, placeOfLine } from "./ledger-lines.ts";
import { balanceAmong, type Listed, partyBalances } from "./list-accounts.ts";
import type { LedgerStores } from "./post.ts";
import { trialBalance } from "./trial-balance.ts";

/** There is no such account. */
export interface NoAccount {
  readonly code: "not_found";
}

/** Which entries of an account. Units: milliseconds. */
export interface EntryFilter {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

interface Row {
  readonly line: Line;
  readonly amount: Picos;
  readonly balance: Picos;
}

/**
 * Lists an account's entries in order of dates, each with what the account came to after it. A page goes on with the balance
 * that the one before ended with.
 *
 * Errors: `not_found` for an id that names no account.
 */
export async function listEntries(
  { books }: Pick<LedgerStores, "books">,
  { merchant, id, from, to, limit, after }: EntryFilter,
): Promise<Result<Listed<EntryDocument>, NoAccount>> {
  const account = parseAccountId(id);
  if (account === undefined) return err({ code: "not_found" });
  const place = after === undefined ? undefined : placeOf(after);
  const opening = place === undefined ? await openingOf(books, { merchant, account, from }) : place.balance;
  const rows: Row[] = [];
  let balance = opening;
  for await (const line of linesOf(books, { merchant, account }, { after: place, from, before: to })) {
    const amounts = line.entries.flatMap((entry) => (isOf(account, entry.account) ? [entry.amount] : []));
    if (amounts.length === 0) continue;
    if (rows.length === limit) return ok({ items: rows.map(shown), next: textOf(rows) });
    const amount = sum(amounts);
    balance = sum([balance, amount]);
    rows.push({ line, amount, balance });
  }
  return ok({ items: rows.map(shown) });
}

function shown({ line, amount, balance }: Row): EntryDocument {
  return entryDocument(line, { amount, balance });
}

interface Of {
  readonly merchant: MerchantId;
  readonly account: Account;
}

function linesOf(books: Books, { merchant, account: { party } }: Of, range: MergedRange): AsyncIterable<Line> {
  if (party === undefined) return generalLines(books, merchant, range);
  return mergedLines(books, [{ kind: "party", merchant, party }], range);
}

/** An entry of a party counts in the whole account. */
function isOf({ type, currency, party }: Account, of: Account): boolean {
  return of.type === type && of.currency === currency && (party === undefined || of.party === party);
}

async function openingOf(
  books: Books,
  { merchant, account, from }: Of & { readonly from: number | undefined },
): Promise<Picos> {
  if (from === undefined) return picosFrom(0n);
  const at = from - 1;
  const { party } = account;
  const balances =
    party === undefined
      ? (await trialBalance(books, merchant, at)).accounts
      : await partyBalances(books, { merchant, party, at });
  return balanceAmong(balances, accountId(account));
}

/** A cursor is authenticated, so that it may carry a sum. */
function textOf(rows: readonly Row[]): string {
  const last = rows.at(-1);
  if (last === undefined) throw new Error("a page without entries goes on nowhere");
  const { date, number } = placeOfLine(last.line);
  return JSON.stringify([date, bookName(last.line.book), number, String(last.balance)]);
}

function placeOf(text: string): MergedPlace & { readonly balance: Picos } {
  const [date, book, number, balance] = JSON.parse(text) as [number, string, number, string];
  return { date, book, number, balance: picosFrom(BigInt(balance)) };
}
