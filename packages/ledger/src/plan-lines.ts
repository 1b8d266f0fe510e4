import { err, formatPicos, noMoney, ok, type Picos, type Result, sum } from "@farthing/money";
import { type Account, accountId } from "./account.ts";
import { type Balances, type Book, bookName, type Line } from "./book.ts";
import type { Entry, Posting } from "./posting.ts";

/**
 * What accounts of one party may come to together, counted as debits: a wallet at most nothing, a receivable at most a line
 * of credit. What is held has left the wallet, so that holds count. Units: picos.
 */
export interface Limit {
  readonly accounts: readonly Account[];
  readonly atMost: Picos;
}

/** A posting would take accounts past their limit. Units: major units, debit positive. */
export interface LimitExceeded {
  readonly code: "limit_exceeded";
  readonly accounts: readonly string[];
  readonly balance: string;
  readonly limit: string;
}

/** A book and the newest line in it, as it was read. */
export interface BookHead {
  readonly book: Book;
  readonly head: Line | undefined;
}

/**
 * The lines that a posting appends: one to each book, dated alike, and no earlier than what the books hold.
 *
 * Errors: `limit_exceeded`, for the first limit that does not hold afterwards.
 */
export function planLines(
  posting: Posting,
  {
    heads,
    limits,
    now,
  }: { readonly heads: readonly BookHead[]; readonly limits: readonly Limit[]; readonly now: number },
): Result<readonly Line[], LimitExceeded> {
  const date = Math.max(now, ...heads.map(({ head }) => head?.date ?? 0));
  const lines = heads.map((one) => nextLine(posting, one, date));
  for (const limit of limits) {
    const balance = sum(limit.accounts.map((account) => balanceIn(lines, account)));
    if (balance > limit.atMost) return err(exceeded(limit, balance));
  }
  return ok(lines);
}

/** The line after a head, with the entries that the book takes of a posting. */
function nextLine(posting: Posting, { book, head }: BookHead, date: number): Line {
  const { cause, occurredAt, description, facts } = posting;
  const entries = posting.entries.filter(({ account }) => book.kind === "general" || account.party === book.party);
  const balances = balancesAfter(head?.balances ?? {}, entries);
  return { book, number: (head?.number ?? 0) + 1, date, cause, occurredAt, description, entries, facts, balances };
}

/** What balances come to after entries. */
export function balancesAfter(before: Balances, entries: readonly Entry[]): Balances {
  const after: Record<string, Picos> = { ...before };
  for (const { account, amount } of entries) {
    const key = balanceKey(account);
    after[key] = sum([after[key] ?? noMoney, amount]);
  }
  return after;
}

/** The name of an account within a book. */
export function balanceKey({ type, currency }: Account): string {
  return accountId({ type, currency });
}

/** Errors: throws on a limit of an account whose party's book is not written. */
function balanceIn(lines: readonly Line[], account: Account): Picos {
  const line = lines.find(({ book }) => book.kind === "party" && book.party === account.party);
  if (line === undefined)
    throw new Error(`no line of ${accountId(account)} limits ${lines.map(({ book }) => bookName(book))}`);
  return line.balances[balanceKey(account)] ?? noMoney;
}

function exceeded({ accounts, atMost }: Limit, balance: Picos): LimitExceeded {
  const named = accounts.map(accountId);
  return { code: "limit_exceeded", accounts: named, balance: formatPicos(balance), limit: formatPicos(atMost) };
}
