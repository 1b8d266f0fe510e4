import { err, type MerchantId, ok, type Result } from "@farthing/money";
import { type Book, generalBooks } from "./book.ts";
import type { Books } from "./books.ts";
import { type Close, noDigest, sealClose } from "./close.ts";
import { type CloseDocument, closeDocument } from "./documents.ts";
import type { LedgerStores } from "./post.ts";
import { trialBalance } from "./trial-balance.ts";

/** A period that has not ended cannot be closed. */
export interface PeriodOpen {
  readonly code: "period_open";
}

/** A later period is closed, so what lies before it is. `closedThrough` is where it ends. */
export interface PeriodClosed {
  readonly code: "period_closed";
  readonly closedThrough: string;
}

/**
 * Closes the books through an instant, its own not included: whatever is posted from now on is dated at it or later. The
 * same instant again answers the same close.
 *
 * Errors, in this order: `period_open` for an instant to come, `period_closed` for one before the newest close.
 */
export async function closePeriod(
  { books, clock }: LedgerStores,
  { merchant, through }: { readonly merchant: MerchantId; readonly through: number },
): Promise<Result<CloseDocument, PeriodOpen | PeriodClosed>> {
  if (through > clock.now()) return err({ code: "period_open" });
  for (;;) {
    const last = await books.close(merchant);
    if (last?.through === through) return ok(closeDocument(last));
    if (last !== undefined && last.through > through) return await closedBefore(books, last, through);
    await Promise.all(generalBooks(merchant).map((book) => fence(books, book, through)));
    const close = await drawUp(books, { merchant, through, last, closedAt: clock.now() });
    if ((await books.appendClose(close)) === "appended") return ok(closeDocument(close));
  }
}

/** An instant that an older close ends at answers that one. */
async function closedBefore(
  books: Books,
  newest: Close,
  through: number,
): Promise<Result<CloseDocument, PeriodClosed>> {
  for (let older: Close | undefined = newest; older !== undefined && older.through >= through; ) {
    if (older.through === through) return ok(closeDocument(older));
    older = older.number === 1 ? undefined : await books.close(older.merchant, older.number - 1);
  }
  return err({ code: "period_closed", closedThrough: new Date(newest.through).toISOString() });
}

/** Sees to it that a book's next line is dated at an instant or later, since no line is dated before the one before it. */
async function fence(books: Books, book: Book, through: number): Promise<void> {
  for (;;) {
    const head = await books.head(book);
    if (head !== undefined && head.date >= through) return;
    const line = {
      book,
      number: (head?.number ?? 0) + 1,
      date: through,
      cause: `close:${new Date(through).toISOString()}`,
      occurredAt: through,
      description: "Books closed",
      entries: [],
      facts: {},
      balances: head?.balances ?? {},
    };
    if ((await books.append(line)) === "appended") return;
  }
}

interface Drawing {
  readonly merchant: MerchantId;
  readonly through: number;
  readonly closedAt: number;
  readonly last: Close | undefined;
}

async function drawUp(books: Books, { merchant, through, closedAt, last }: Drawing): Promise<Close> {
  const { accounts } = await trialBalance(books, merchant, through - 1);
  const previous = last?.digest ?? noDigest;
  return sealClose({ merchant, number: (last?.number ?? 0) + 1, through, closedAt, accounts, previous });
}
