import type { MerchantId } from "@farthing/money";
import { type Book, bookName, generalBooks, type Line } from "./book.ts";
import type { Books } from "./books.ts";

/** A place among the lines of several books: they are in order of (date, book, number). */
export interface MergedPlace {
  readonly date: number;
  readonly book: string;
  readonly number: number;
}

/** Which lines. Units: milliseconds. */
export interface MergedRange {
  readonly after?: MergedPlace | undefined;
  readonly from?: number | undefined;
  readonly before?: number | undefined;
}

const linesPerRead = 100;

/** The lines of a merchant's general ledger in order. */
export function generalLines(books: Books, merchant: MerchantId, range: MergedRange): AsyncGenerator<Line, void> {
  return mergedLines(books, generalBooks(merchant), range);
}

/** The lines of books in order of (date, book, number); each book is read as far as it is needed. */
export async function* mergedLines(books: Books, of: readonly Book[], range: MergedRange): AsyncGenerator<Line, void> {
  const readers = of.map((book) => new BookReader(books, book, range));
  await Promise.all(readers.map((reader) => reader.fill()));
  for (;;) {
    const [first] = readers.filter(({ next }) => next !== undefined).sort(byNext);
    const line = first?.next;
    if (first === undefined || line === undefined) return;
    yield line;
    await first.advance();
  }
}

/** Where a line is. */
export function placeOfLine({ date, book, number }: Line): MergedPlace {
  return { date, book: bookName(book), number };
}

class BookReader {
  readonly #books: Books;
  readonly #book: Book;
  readonly #range: MergedRange;
  #read: readonly Line[] = [];
  #at = 0;
  #isDone = false;
  /** The newest line that was read. */
  #last: Line | undefined;

  constructor(books: Books, book: Book, range: MergedRange) {
    [this.#books, this.#book, this.#range] = [books, book, range];
  }

  get next(): Line | undefined {
    return this.#read[this.#at];
  }

  async advance(): Promise<void> {
    this.#at += 1;
    if (this.next === undefined) await this.fill();
  }

  async fill(): Promise<void> {
    if (this.#isDone) return;
    const { before } = this.#range;
    const start = this.#last === undefined ? startIn(this.#book, this.#range) : { after: this.#last };
    this.#read = await this.#books.lines(this.#book, { ...start, before, limit: linesPerRead });
    this.#at = 0;
    this.#last = this.#read.at(-1);
    this.#isDone = this.#read.length < linesPerRead;
  }
}

/** Where a book goes on, given where the merged lines do. */
function startIn(book: Book, { after, from }: MergedRange) {
  if (after === undefined) return { from };
  const name = bookName(book);
  if (name === after.book) return { after };
  return { from: name > after.book ? after.date : after.date + 1 };
}

function byNext({ next: a }: BookReader, { next: b }: BookReader): number {
  if (a === undefined || b === undefined || a.date === b.date) return textOrder(a, b);
  return a.date - b.date;
}

function textOrder(a: Line | undefined, b: Line | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return bookName(a.book) < bookName(b.book) ? -1 : 1;
}
