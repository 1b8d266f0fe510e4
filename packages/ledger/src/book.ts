import { createHash } from "node:crypto";
import type { MerchantId, Picos } from "@farthing/money";
import type { PartyId } from "./account.ts";
import type { Entry } from "./posting.ts";

/**
 * A log of lines, of which each is created under the number after the one that its writer had read.
 *
 * The general ledger of a merchant is spread over 32 of them, so that no key takes all writes; a party has one of its own.
 */
export type Book = { readonly merchant: MerchantId } & (
  | { readonly kind: "general"; readonly shard: number }
  | { readonly kind: "party"; readonly party: PartyId }
);

/** Over how many books the general ledger of a merchant is spread. */
export const generalShards = 32;

/** The balances of a book's accounts, by the account without its party: "receivable:USD". Units: picos, debit positive. */
export type Balances = Readonly<Record<string, Picos>>;

/**
 * A line of a book: the entries of one posting, and what the book's accounts come to after it, which never changes either.
 *
 * `date` is when the books took it in, and never before the line before it. A line without entries fences off all dates
 * before its own. Units: milliseconds.
 */
export interface Line {
  readonly book: Book;
  readonly number: number;
  readonly date: number;
  readonly cause: string;
  readonly occurredAt: number;
  readonly description: string;
  readonly entries: readonly Entry[];
  readonly facts: Readonly<Record<string, string>>;
  readonly balances: Balances;
}

/** A place among the lines of a book. */
export interface LinePlace {
  readonly date: number;
  readonly number: number;
}

/** All books of a merchant's general ledger. */
export function generalBooks(merchant: MerchantId): readonly Book[] {
  return Array.from({ length: generalShards }, (_, shard) => ({ kind: "general", merchant, shard }));
}

/** The book that a cause is posted in at some try: another at each, since another writer was quicker in the one before. */
export function generalBookOf(merchant: MerchantId, cause: string, attempt: number): Book {
  const shard = createHash("sha256").update(`${attempt}#${cause}`).digest().readUInt32BE() % generalShards;
  return { kind: "general", merchant, shard };
}

/** A book's name within its merchant, which orders lines of one date. */
export function bookName(book: Book): string {
  return book.kind === "general" ? `general#${String(book.shard).padStart(2, "0")}` : `party#${book.party}`;
}
