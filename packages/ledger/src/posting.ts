import { createHash } from "node:crypto";
import {
  type CurrencyCode,
  err,
  formatPicos,
  type MerchantId,
  noMoney,
  ok,
  type Picos,
  type Result,
  sum,
} from "@farthing/money";
import { type Account, accountId, type PartyId } from "./account.ts";

/** One leg of a posting. Units: picos; a debit is positive, a credit negative. */
export interface Entry {
  readonly account: Account;
  readonly amount: Picos;
}

/**
 * What one cause does to the books: entries that sum to zero in each currency.
 *
 * `cause` is `kind:id` and posts once. `occurredAt` is when it happened; the books date it when they take it in.
 * Units: milliseconds.
 */
export interface Posting {
  readonly merchant: MerchantId;
  readonly cause: string;
  readonly occurredAt: number;
  readonly description: string;
  readonly entries: readonly Entry[];
  /** What else is known of it, shown beside it. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Entries do not sum to zero in a currency. Units: `excess` in major units. */
export interface Unbalanced {
  readonly code: "unbalanced";
  readonly currency: CurrencyCode;
  readonly excess: string;
}

/** A posting that moves nothing. */
export interface NothingToPost {
  readonly code: "nothing_to_post";
}

/** More parties than one transaction can write lines of. */
export interface TooManyParties {
  readonly code: "too_many_parties";
  readonly parties: number;
  readonly limit: number;
}

/** Why entries make no posting. */
export type NoPosting = NothingToPost | TooManyParties | Unbalanced;

/** The parties of one posting at most: a transaction of DynamoDB holds 100 items. */
export const mostParties = 90;

const causeShape = /^[a-z][a-z_]{0,39}:[\x21-\x7e]{1,300}$/;

/**
 * Makes a posting: entries of the same account are added up, those of nothing dropped, and the rest put in order.
 *
 * Errors, in this order: `unbalanced`, `nothing_to_post`, `too_many_parties`; throws where the cause is not `kind:id`.
 */
export function makePosting(raw: Posting): Result<Posting, NoPosting> {
  if (!causeShape.test(raw.cause)) throw new Error(`not a cause: ${raw.cause}`);
  const unbalanced = firstExcess(raw.entries);
  if (unbalanced !== undefined) return err(unbalanced);
  const entries = merged(raw.entries);
  if (entries.length === 0) return err({ code: "nothing_to_post" });
  const posting = { ...raw, entries };
  const parties = partiesOf(posting).length;
  if (parties > mostParties) return err({ code: "too_many_parties", parties, limit: mostParties });
  return ok(posting);
}

/** The parties that a posting has entries of, in order. */
export function partiesOf({ entries }: Pick<Posting, "entries">): readonly PartyId[] {
  const parties = entries.flatMap(({ account: { party } }) => (party === undefined ? [] : [party]));
  return [...new Set(parties)].sort();
}

/** The digest of everything that a posting says: a cause that comes again has the same. */
export function postingDigest({ merchant, cause, occurredAt, description, entries, facts }: Posting): string {
  const legs = entries.map(({ account, amount }) => [accountId(account), formatPicos(amount)]);
  const known = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([merchant, cause, occurredAt, description, legs, known]);
  return createHash("sha256").update(text).digest("base64url");
}

function firstExcess(entries: readonly Entry[]): Unbalanced | undefined {
  for (const currency of new Set(entries.map(({ account }) => account.currency))) {
    const excess = sum(entries.flatMap(({ account, amount }) => (account.currency === currency ? [amount] : [])));
    if (excess !== noMoney) return { code: "unbalanced", currency, excess: formatPicos(excess) };
  }
  return undefined;
}

function merged(entries: readonly Entry[]): readonly Entry[] {
  const sums = new Map<string, Entry>();
  for (const { account, amount } of entries) {
    const id = accountId(account);
    sums.set(id, { account, amount: sum([sums.get(id)?.amount ?? noMoney, amount]) });
  }
  const kept = [...sums].filter(([, { amount }]) => amount !== noMoney);
  return kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}
