import type { MerchantId } from "@farthing/money";
import type { Book, Line, LinePlace } from "./book.ts";
import type { Close } from "./close.ts";
import type { ChunkSums } from "./run-sums.ts";

/** What the books keep of a cause: it is created once, in one transaction with the lines of its posting. */
export interface PostedCause {
  readonly merchant: MerchantId;
  readonly cause: string;
  readonly digest: string;
  readonly date: number;
  /** The first of its lines. */
  readonly book: Book;
  readonly number: number;
}

/**
 * Writes of another store that go into the same transaction, all or none: what caused a posting. A store of the same kind
 * makes it, and it alone knows what is in it.
 */
export interface Alongside {
  readonly writes: readonly unknown[];
}

/** What one transaction writes. */
export interface Commit {
  readonly posted: PostedCause;
  readonly lines: readonly Line[];
  readonly alongside?: Alongside | undefined;
}

/** Which lines of a book, in order of (date, number). Units: milliseconds. */
export interface LineRange {
  readonly after?: LinePlace | undefined;
  /** Lines of this date and later. */
  readonly from?: number | undefined;
  /** Lines before this date. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Where the books are kept. Nothing in them ever changes, and every read is strong. */
export interface Books {
  /** The newest line of a book. */
  head(book: Book): Promise<Line | undefined>;
  /** The newest line of a book that is dated at an instant or before it. */
  lineAt(book: Book, date: number): Promise<Line | undefined>;
  lines(book: Book, range: LineRange): Promise<readonly Line[]>;
  line(book: Book, number: number): Promise<Line | undefined>;
  posted(merchant: MerchantId, cause: string): Promise<PostedCause | undefined>;
  /**
   * Writes all or nothing. "taken" where the cause, or the number of a line, was there before; "refused" where a condition
   * of what goes alongside does not hold.
   */
  commit(commit: Commit): Promise<"committed" | "taken" | "refused">;
  /** Appends one line that has no cause of its own. */
  append(line: Line): Promise<"appended" | "taken">;
  /** Stores what a chunk of a run came to, once: answers what stands. */
  putChunkSums(sums: ChunkSums): Promise<ChunkSums>;
  chunkSums(merchant: MerchantId, run: string, chunk: number): Promise<ChunkSums | undefined>;
  /** The close of a number, or without one the newest. */
  close(merchant: MerchantId, number?: number): Promise<Close | undefined>;
  /** Closes in order, after a number. */
  closes(merchant: MerchantId, page: { readonly after: number; readonly limit: number }): Promise<readonly Close[]>;
  /** Creates a close under the number after the one before it. */
  appendClose(close: Close): Promise<"appended" | "taken">;
}
