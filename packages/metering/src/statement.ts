import type { CustomerId, MerchantId } from "@farthing/money";
import type { Hour } from "./hour.ts";
import type { Tally } from "./tally.ts";

/** A customer of a merchant. */
export interface CustomerRef {
  readonly merchant: MerchantId;
  readonly customer: CustomerId;
}

/** How many rows of a statement's page are what; the rows lie in this order. */
export interface RowCounts {
  readonly events: number;
  readonly voids: number;
  readonly duplicates: number;
  readonly conflicts: number;
}

/**
 * Where the rows of a statement are: inside it, or in chunks stored under their own digest. Chunk i holds `rows[i]` rows;
 * behind the chunks of rows, under the same key, lie `fingerprints` chunks of the sorted hashes of identities.
 */
export type PageRef =
  | { readonly kind: "inline"; readonly blob: Uint8Array }
  | { readonly kind: "chunks"; readonly key: string; readonly rows: readonly number[]; readonly fingerprints: number };

/**
 * What a roll found new for one customer in one hour: an entry of the customer's log.
 *
 * `root` is the Merkle root over the rows (RFC 6962, hex). `first` and `last` are the times of its earliest and latest
 * event in milliseconds (of the hour itself where it has none). `tally` holds the meter states of all its events under the
 * meter set `meterRevision`; it is derived and can be computed again from the rows. `fingerprints` are the sorted low
 * halves of its events' identity hashes; where they are left out, chunks hold them, or the rows inside it tell.
 */
export interface Statement {
  readonly number: number;
  readonly hour: Hour;
  readonly root: string;
  readonly counts: RowCounts;
  readonly first: number;
  readonly last: number;
  readonly tally: Tally;
  readonly meterRevision: number;
  readonly page: PageRef;
  readonly fingerprints?: Uint32Array;
}

/** A customer's log of statements. Every read is strong. */
export interface StatementLog {
  /** Creates entry `number`; "taken" where another roll was first. */
  append(customer: CustomerRef, statement: Statement): Promise<"appended" | "taken">;
  /** The number of the last entry, 0 in an empty log. */
  lastNumber(customer: CustomerRef): Promise<number>;
  /** The entries from a number on, in order. */
  entriesFrom(customer: CustomerRef, number: number): Promise<readonly Statement[]>;
  /** The entries of hours `from ≤ hour < to`, in order of (hour, number). */
  entriesOfHours(customer: CustomerRef, from: Hour, to: Hour): Promise<readonly Statement[]>;
  /** The entries that have voids, in order, found without reading others. */
  entriesWithVoids(customer: CustomerRef): Promise<readonly Statement[]>;
  /** Stores a chunk of a large statement, before its header; the same again changes nothing. */
  putChunk(customer: CustomerRef, key: string, index: number, blob: Uint8Array): Promise<void>;
  /** Reads a chunk; throws where it is missing, which no crash can cause. */
  chunk(customer: CustomerRef, key: string, index: number): Promise<Uint8Array>;
}

/** Makes sure that a customer who is first seen in an event can be listed and settled. */
export interface CustomerRegister {
  /** Notes a customer that has facts; one that is known already stays as it is. */
  noteCustomer(customer: CustomerRef): Promise<void>;
}
