import { type Clock, err, ok, type Result } from "@farthing/money";
import { type Book, generalBookOf } from "./book.ts";
import type { Alongside, Books, PostedCause } from "./books.ts";
import { type BookHead, type Limit, type LimitExceeded, planLines } from "./plan-lines.ts";
import { type Posting, partiesOf, postingDigest } from "./posting.ts";

/** What posting needs. */
export interface LedgerStores {
  readonly books: Books;
  readonly clock: Clock;
}

/** The cause came before, with other content. */
export interface CauseConflict {
  readonly code: "cause_conflict";
  readonly cause: string;
}

/** A condition of what was to be written alongside does not hold. */
export interface AlongsideRefused {
  readonly code: "alongside_refused";
}

/** Why a posting is not made. */
export type NotPosted = CauseConflict | LimitExceeded | AlongsideRefused;

/** How a posting is made. */
export interface PostTerms {
  readonly limits?: readonly Limit[];
  /** What caused it, written in the same transaction. */
  readonly alongside?: Alongside;
}

/** More than meet by chance in one book, or in one customer's, at once. */
const mostAttempts = 40;

/**
 * Posts a cause once: the same again answers what stands.
 *
 * Errors, in this order: `cause_conflict`, `limit_exceeded`, `alongside_refused`; throws under DynamoDB's name for it when
 * too many write at once.
 */
export function post(
  stores: LedgerStores,
  posting: Posting,
  terms: PostTerms = {},
): Promise<Result<PostedCause, NotPosted>> {
  const { merchant, cause } = posting;
  return postIn(stores, posting, { ...terms, bookAt: (attempt) => generalBookOf(merchant, cause, attempt) });
}

/**
 * Posts a cause with what caused it, which this writer makes: "taken" where the cause was posted before, by whomever, or a
 * condition of what goes alongside does not hold. So two who are about to make the same learn that only one did.
 */
export async function postFirst(
  stores: LedgerStores,
  posting: Posting,
  alongside: Alongside,
): Promise<"posted" | "taken"> {
  const { merchant, cause } = posting;
  if ((await stores.books.posted(merchant, cause)) !== undefined) return "taken";
  const bookAt = (attempt: number) => generalBookOf(merchant, cause, attempt);
  const posted = await postIn(stores, posting, { alongside, bookAt, isFirst: true });
  return posted.ok ? "posted" : "taken";
}

/** Posts a cause to its parties' books alone: a part of a posting that the general ledger takes in one sum with others. */
export function postPart(stores: LedgerStores, posting: Posting): Promise<Result<PostedCause, NotPosted>> {
  return postIn(stores, posting, {});
}

interface Terms extends PostTerms {
  /** A cause that is there already is a conflict, whatever it says. */
  readonly isFirst?: true;
  readonly bookAt?: (attempt: number) => Book;
}

async function postIn(
  { books, clock }: LedgerStores,
  posting: Posting,
  { limits = [], alongside, bookAt, isFirst }: Terms,
): Promise<Result<PostedCause, NotPosted>> {
  const { merchant, cause } = posting;
  const digest = postingDigest(posting);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    // Without limits nothing is refused before the transaction itself finds the cause.
    const known = attempt === 0 && limits.length === 0 ? undefined : await books.posted(merchant, cause);
    if (known !== undefined) {
      const isSame = known.digest === digest && isFirst !== true;
      return isSame ? ok(known) : err({ code: "cause_conflict", cause });
    }
    const heads = await headsOf(books, posting, bookAt?.(attempt));
    const planned = planLines(posting, { heads, limits, now: clock.now() });
    if (!planned.ok) return planned;
    const [first] = planned.value;
    if (first === undefined) throw new Error("a part of a posting that has no party");
    const posted = { merchant, cause, digest, date: first.date, book: first.book, number: first.number };
    const outcome = await books.commit({ posted, lines: planned.value, alongside });
    if (outcome === "committed") return ok(posted);
    if (outcome === "refused") return err({ code: "alongside_refused" });
  }
  throw Object.assign(new Error(`too many write beside ${cause}`), { name: "ThrottlingException" });
}

function headsOf(books: Books, posting: Posting, general: Book | undefined): Promise<readonly BookHead[]> {
  const { merchant } = posting;
  const parties = partiesOf(posting).map((party): Book => ({ kind: "party", merchant, party }));
  const written = general === undefined ? parties : [general, ...parties];
  return Promise.all(written.map(async (book) => ({ book, head: await books.head(book) })));
}
