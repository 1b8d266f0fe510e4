import { formatPicos, type Picos } from "@farthing/money";
import { type AccountType, accountId } from "./account.ts";
import { bookName, type Line } from "./book.ts";
import type { Close } from "./close.ts";
import { creditOf, debitOf } from "./sides.ts";
import { type AccountBalance, currencySums } from "./trial-balance.ts";

/** An account as the API shows it: debit and credit are the two columns of a trial balance. */
export interface AccountDocument {
  readonly id: string;
  readonly type: AccountType;
  readonly currency: string;
  readonly party?: string;
  readonly balance: string;
  readonly debit: string;
  readonly credit: string;
}

/** What balances are written as: debits positive. */
export function accountDocument({ account, balance }: AccountBalance): AccountDocument {
  const { type, currency, party } = account;
  return {
    id: accountId(account),
    type,
    currency,
    ...(party === undefined ? {} : { party }),
    balance: formatPicos(balance),
    debit: formatPicos(debitOf(balance)),
    credit: formatPicos(creditOf(balance)),
  };
}

/** A trial balance as the API shows it. */
export interface TrialBalanceDocument {
  readonly at: string;
  readonly totals: readonly { readonly currency: string; readonly debit: string; readonly credit: string }[];
  readonly accounts: readonly AccountDocument[];
}

/** Shows a trial balance as of an instant. Units: milliseconds. */
export function trialBalanceDocument(accounts: readonly AccountBalance[], at: number): TrialBalanceDocument {
  return { at: new Date(at).toISOString(), ...balancesDocument(accounts) };
}

function balancesDocument(accounts: readonly AccountBalance[]) {
  const totals = currencySums(accounts).map(({ currency, debits, credits }) => {
    return { currency, debit: formatPicos(debits), credit: formatPicos(credits) };
  });
  return { totals, accounts: accounts.map(accountDocument) };
}

/** A close as the API shows it. */
export interface CloseDocument {
  readonly number: number;
  readonly through: string;
  readonly closedAt: string;
  readonly totals: TrialBalanceDocument["totals"];
  readonly accounts: readonly AccountDocument[];
  readonly previous: string;
  readonly digest: string;
}

/** Shows a close. */
export function closeDocument({ number, through, closedAt, accounts, previous, digest }: Close): CloseDocument {
  const times = { through: new Date(through).toISOString(), closedAt: new Date(closedAt).toISOString() };
  return { number, ...times, ...balancesDocument(accounts), previous, digest };
}

/** An entry of an account as the API shows it. Amounts are debits where they are positive. */
export interface EntryDocument {
  readonly id: string;
  readonly cause: string;
  readonly date: string;
  readonly occurredAt: string;
  readonly description: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly amount: string;
  readonly debit: string;
  readonly credit: string;
  /** What the account comes to after it. */
  readonly balance: string;
}

/** Shows an entry. */
export function entryDocument(
  line: Line,
  { amount, balance }: { readonly amount: Picos; readonly balance: Picos },
): EntryDocument {
  return {
    id: lineId(line),
    cause: line.cause,
    date: new Date(line.date).toISOString(),
    occurredAt: new Date(line.occurredAt).toISOString(),
    description: line.description,
    facts: line.facts,
    amount: formatPicos(amount),
    debit: formatPicos(debitOf(amount)),
    credit: formatPicos(creditOf(amount)),
    balance: formatPicos(balance),
  };
}

/** Names a line among all of a merchant's. */
export function lineId({ book, number }: Pick<Line, "book" | "number">): string {
  return `${bookName(book).replace("#", ":")}:${number}`;
}
