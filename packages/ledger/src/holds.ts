import { type CurrencyCode, err, type MerchantId, minus, noMoney, type Picos, type Result } from "@farthing/money";
import type { PartyId } from "./account.ts";
import type { PostedCause } from "./books.ts";
import { draftPosting } from "./draft-posting.ts";
import { type LedgerStores, type NotPosted, type PostTerms, post } from "./post.ts";
import type { NoPosting, Posting } from "./posting.ts";

/** Prepaid money to set aside. Units: picos, milliseconds. */
export interface HoldOrder {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly party: PartyId;
  readonly currency: CurrencyCode;
  readonly amount: Picos;
  readonly occurredAt: number;
  readonly expiresAt: number;
  readonly description: string;
}

/** How a hold ends, at most once. Units: picos, milliseconds. */
export type HoldEnd = {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly occurredAt: number;
} & ({ readonly how: "posted"; readonly amount: Picos } | { readonly how: "voided" } | { readonly how: "expired" });

/** A hold takes more than nothing, and no more is posted than it took. */
export interface InvalidHoldAmount {
  readonly code: "invalid_hold_amount";
}

/** There is no hold of this id. */
export interface UnknownHold {
  readonly code: "unknown_hold";
}

/** The hold ended before, in another way. */
export interface HoldEnded {
  readonly code: "hold_ended";
}

/** The hold ran out before it was to be posted. */
export interface HoldExpired {
  readonly code: "hold_expired";
}

/** The hold has not run out yet. */
export interface HoldNotExpired {
  readonly code: "hold_not_expired";
}

/**
 * Sets prepaid money aside: it leaves the wallet, which must not fall below nothing. The same hold again answers the same.
 *
 * Errors, in this order: `invalid_hold_amount`, then those of `post`.
 */
export async function placeHold(
  stores: LedgerStores,
  { amount, expiresAt, ...order }: HoldOrder,
): Promise<Result<PostedCause, InvalidHoldAmount | NotPosted | NoPosting>> {
  if (amount <= noMoney) return err({ code: "invalid_hold_amount" });
  const facts = { expires_at: new Date(expiresAt).toISOString() };
  const drafted = draftPosting({ kind: "hold_placed", ...order, parts: { amount }, facts });
  if (!drafted.ok) return drafted;
  const { currency, party } = order;
  return post(stores, drafted.value, {
    limits: [{ accounts: [{ type: "wallet", currency, party }], atMost: noMoney }],
  });
}

/** Why a hold does not end. */
export type HoldNotEnded =
  | UnknownHold
  | HoldEnded
  | InvalidHoldAmount
  | HoldExpired
  | HoldNotExpired
  | Exclude<NotPosted, { readonly code: "cause_conflict" }>
  | NoPosting;

/**
 * Ends a hold once: what is posted pays an invoice, the rest goes back to the wallet. The same end again answers the same.
 *
 * Errors, in this order: `unknown_hold`, `hold_ended`, `invalid_hold_amount`, `hold_expired`, `hold_not_expired`.
 */
export async function endHold(
  stores: LedgerStores,
  end: HoldEnd,
  terms: PostTerms = {},
): Promise<Result<PostedCause, HoldNotEnded>> {
  const hold = await holdOf(stores, end);
  if (hold === undefined) return err({ code: "unknown_hold" });
  const drafted = endPosting(hold, end);
  if (!drafted.ok) return drafted;
  const known = await stores.books.posted(end.merchant, drafted.value.cause);
  const refusal = known === undefined ? refusalOf(hold, end) : undefined;
  if (refusal !== undefined) return err(refusal);
  const posted = await post(stores, drafted.value, terms);
  if (posted.ok) return posted;
  return err(posted.error.code === "cause_conflict" ? { code: "hold_ended" } : posted.error);
}

interface Hold {
  readonly party: PartyId;
  readonly currency: CurrencyCode;
  readonly amount: Picos;
  readonly expiresAt: number;
}

/** Reads a hold from its line in the books. */
async function holdOf(
  { books }: LedgerStores,
  { merchant, id }: Pick<HoldEnd, "merchant" | "id">,
): Promise<Hold | undefined> {
  const posted = await books.posted(merchant, `hold_placed:${id}`);
  const line = posted === undefined ? undefined : await books.line(posted.book, posted.number);
  const held = line?.entries.find(({ account }) => account.type === "held");
  if (line === undefined || held?.account.party === undefined) return undefined;
  const { currency, party } = held.account;
  return { party, currency, amount: minus(noMoney, held.amount), expiresAt: Date.parse(line.facts.expires_at ?? "") };
}

function endPosting({ party, currency, amount }: Hold, end: HoldEnd): Result<Posting, NoPosting> {
  const { merchant, id, occurredAt, how } = end;
  const posted = how === "posted" ? end.amount : noMoney;
  const parts = { posted, rest: minus(amount, posted) };
  const common = { merchant, id, occurredAt, party, currency, parts, facts: { how } };
  return draftPosting({ kind: "hold_ended", description: `Hold ${how}`, ...common });
}

function refusalOf({ amount, expiresAt }: Hold, end: HoldEnd): HoldNotEnded | undefined {
  if (end.how === "posted" && (end.amount <= noMoney || end.amount > amount)) return { code: "invalid_hold_amount" };
  if (end.how === "posted" && end.occurredAt >= expiresAt) return { code: "hold_expired" };
  if (end.how === "expired" && end.occurredAt < expiresAt) return { code: "hold_not_expired" };
  return undefined;
}
