import { formatPicos, type MerchantId, minus, noMoney, type Picos, sum } from "@farthing/money";
import { type Account, account as accountNamed } from "./account.ts";
import { type Balances, generalBooks } from "./book.ts";
import type { Books } from "./books.ts";

/** Every account of a merchant with what it came to at an instant. Units: milliseconds; picos, debit positive. */
export interface TrialBalance {
  readonly merchant: MerchantId;
  /** Left out for everything that the books hold. */
  readonly at?: number;
  readonly accounts: readonly AccountBalance[];
}

/** An account with its balance. Units: picos, debit positive. */
export interface AccountBalance {
  readonly account: Account;
  readonly balance: Picos;
}

/**
 * Reads what every account came to: of all lines dated at an instant or before it, or of all.
 *
 * Whatever is posted meanwhile is in it whole or not at all, so the balances of a currency always sum to zero.
 */
export async function trialBalance(books: Books, merchant: MerchantId, at?: number): Promise<TrialBalance> {
  const newest = await Promise.all(
    generalBooks(merchant).map((book) => (at === undefined ? books.head(book) : books.lineAt(book, at))),
  );
  const accounts = addBalances(newest.flatMap((line) => (line === undefined ? [] : [line.balances])));
  const balance = { merchant, accounts, ...(at === undefined ? {} : { at }) };
  for (const { currency, excess } of currencySums(accounts))
    if (excess !== noMoney) throw new Error(`the books do not balance: ${formatPicos(excess)} ${currency} too much`);
  return balance;
}

/** Adds up the balances of books, in order of accounts. */
export function addBalances(all: readonly Balances[]): readonly AccountBalance[] {
  const sums = new Map<string, Picos>();
  for (const balances of all)
    for (const [id, balance] of Object.entries(balances)) sums.set(id, sum([sums.get(id) ?? noMoney, balance]));
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, balance]) => ({ account: accountNamed(id), balance }));
}

/** The sides of a currency's balances. Units: picos. */
export interface CurrencySum {
  readonly currency: Account["currency"];
  readonly debits: Picos;
  readonly credits: Picos;
  readonly excess: Picos;
}

/** What debit balances and credit balances come to in each currency, in order of codes. */
export function currencySums(accounts: readonly AccountBalance[]): readonly CurrencySum[] {
  const currencies = [...new Set(accounts.map(({ account }) => account.currency))].sort();
  return currencies.map((currency) => {
    const own = accounts.flatMap(({ account, balance }) => (account.currency === currency ? [balance] : []));
    const debits = sum(own.filter((balance) => balance > 0n));
    const excess = sum(own);
    return { currency, debits, credits: minus(debits, excess), excess };
  });
}
