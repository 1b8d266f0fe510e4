import { frozenCopy } from "@farthing/metering/memory";
import type { MerchantId } from "@farthing/money";
import { type Book, bookName, type Line } from "./book.ts";
import type { Alongside, Books, Commit, LineRange, PostedCause } from "./books.ts";
import type { Close } from "./close.ts";
import type { ChunkSums } from "./run-sums.ts";

/** A write of another store in memory, with the condition that it is made under. */
export interface MemoryWrite {
  holds(): boolean;
  apply(): void;
}

/** Takes writes of another store in memory into the transaction of a posting. */
export function memoryAlongside(writes: readonly MemoryWrite[]): Alongside {
  return { writes };
}

/** The books in memory. */
export function memoryBooks(): Books {
  return new MemoryBooks();
}

class MemoryBooks implements Books {
  readonly #books = new Map<string, Line[]>();
  readonly #causes = new Map<string, PostedCause>();
  readonly #chunks = new Map<string, ChunkSums>();
  readonly #closes = new Map<MerchantId, Close[]>();

  async head(book: Book): Promise<Line | undefined> {
    return this.#linesOf(book).at(-1);
  }

  async lineAt(book: Book, date: number): Promise<Line | undefined> {
    return this.#linesOf(book).findLast((line) => line.date <= date);
  }

  async lines(book: Book, { after, from = 0, before = Infinity, limit }: LineRange): Promise<readonly Line[]> {
    const start = after?.number ?? 0;
    return this.#linesOf(book)
      .filter(({ date, number }) => number > start && date >= from && date < before)
      .slice(0, limit);
  }

  async line(book: Book, number: number): Promise<Line | undefined> {
    return this.#linesOf(book)[number - 1];
  }

  async posted(merchant: MerchantId, cause: string): Promise<PostedCause | undefined> {
    return this.#causes.get(`${merchant}#${cause}`);
  }

  async commit({ posted, lines, alongside }: Commit): Promise<"committed" | "taken" | "refused"> {
    const cause = `${posted.merchant}#${posted.cause}`;
    if (this.#causes.has(cause) || !lines.every((line) => this.#isNext(line))) return "taken";
    const writes = (alongside?.writes ?? []) as readonly MemoryWrite[];
    if (!writes.every((write) => write.holds())) return "refused";
    for (const write of writes) write.apply();
    this.#causes.set(cause, frozenCopy(posted));
    for (const line of lines) this.#add(line);
    return "committed";
  }

  async append(line: Line): Promise<"appended" | "taken"> {
    if (!this.#isNext(line)) return "taken";
    this.#add(line);
    return "appended";
  }

  async putChunkSums(sums: ChunkSums): Promise<ChunkSums> {
    const key = `${sums.merchant}#${sums.run}#${sums.chunk}`;
    const stands = this.#chunks.get(key) ?? frozenCopy(sums);
    this.#chunks.set(key, stands);
    return stands;
  }

  async chunkSums(merchant: MerchantId, run: string, chunk: number): Promise<ChunkSums | undefined> {
    return this.#chunks.get(`${merchant}#${run}#${chunk}`);
  }

  async close(merchant: MerchantId, number?: number): Promise<Close | undefined> {
    return this.#closesOf(merchant).at(number === undefined ? -1 : number - 1);
  }

  async closes(merchant: MerchantId, page: { readonly after: number; readonly limit: number }) {
    return this.#closesOf(merchant).slice(page.after, page.after + page.limit);
  }

  async appendClose(close: Close): Promise<"appended" | "taken"> {
    const closes = this.#closesOf(close.merchant);
    if (close.number !== closes.length + 1) return "taken";
    this.#closes.set(close.merchant, [...closes, frozenCopy(close)]);
    return "appended";
  }

  #linesOf(book: Book): readonly Line[] {
    return this.#books.get(keyOf(book)) ?? [];
  }

  #closesOf(merchant: MerchantId): readonly Close[] {
    return this.#closes.get(merchant) ?? [];
  }

  #isNext({ book, number }: Line): boolean {
    return number === this.#linesOf(book).length + 1;
  }

  #add(line: Line): void {
    this.#books.set(keyOf(line.book), [...this.#linesOf(line.book), frozenCopy(line)]);
  }
}

function keyOf(book: Book): string {
  return `${book.merchant}#${bookName(book)}`;
}
