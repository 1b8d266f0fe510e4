import { type MerchantId, noMoney, ok, type Result } from "@farthing/money";
import { accountId, account as accountNamed, type PartyId } from "./account.ts";
import type { Books } from "./books.ts";
import { type AccountDocument, accountDocument, type TrialBalanceDocument, trialBalanceDocument } from "./documents.ts";
import type { LedgerStores } from "./post.ts";
import { type AccountBalance, trialBalance } from "./trial-balance.ts";

/** Shows every account's balance as of an instant, or with everything that was posted. */
export async function getTrialBalance(
  { books, clock }: LedgerStores,
  { merchant, at }: { readonly merchant: MerchantId; readonly at?: number | undefined },
): Promise<Result<TrialBalanceDocument, never>> {
  const now = clock.now();
  const { accounts } = await trialBalance(books, merchant, at);
  return ok(trialBalanceDocument(accounts, at ?? now));
}

/** Which accounts to list. */
export interface AccountFilter {
  readonly merchant: MerchantId;
  /** A customer's or payee's shares, instead of the whole accounts. */
  readonly party?: PartyId | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A page of a list. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Lists accounts with their balances, in order of ids: the merchant's whole ones, or those of a party. */
export async function listAccounts(
  { books }: Pick<LedgerStores, "books">,
  { merchant, party, limit, after = "" }: AccountFilter,
): Promise<Result<Listed<AccountDocument>, never>> {
  const all =
    party === undefined
      ? (await trialBalance(books, merchant)).accounts
      : await partyBalances(books, { merchant, party });
  const rest = all.map(accountDocument).filter(({ id }) => id > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return ok({ items, ...(last !== undefined && rest.length > items.length ? { next: last.id } : {}) });
}

/** What a party's accounts come to, of all lines or of those dated at an instant or before it. Units: milliseconds. */
export async function partyBalances(
  books: Books,
  { merchant, party, at }: { readonly merchant: MerchantId; readonly party: PartyId; readonly at?: number },
): Promise<readonly AccountBalance[]> {
  const book = { kind: "party", merchant, party } as const;
  const newest = await (at === undefined ? books.head(book) : books.lineAt(book, at));
  return Object.entries(newest?.balances ?? {})
    .map(([id, balance]) => ({ account: { ...accountNamed(id), party }, balance }))
    .sort((a, b) => (accountId(a.account) < accountId(b.account) ? -1 : 1));
}

/** The balance of one account among those read; nothing where it is not among them. */
export function balanceAmong(balances: readonly AccountBalance[], id: string): AccountBalance["balance"] {
  return balances.find(({ account }) => accountId(account) === id)?.balance ?? noMoney;
}
