import { currency, type MerchantId, merchantId, picos, picosFrom } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { account, partyId } from "./account.ts";
import type { Book, Line } from "./book.ts";
import type { Alongside, Books, PostedCause } from "./books.ts";
import { sealClose } from "./close.ts";

/** Writes alongside for one kind of store: one that holds, and one whose condition does not. */
export interface AlongsideCases {
  readonly good: () => { readonly alongside: Alongside; readonly isWritten: () => Promise<boolean> };
  readonly bad: () => Alongside;
}

let tests = 0;

const general = (merchant: MerchantId, shard = 7): Book => ({ kind: "general", merchant, shard });
const party = (merchant: MerchantId, id = "ann"): Book => ({ kind: "party", merchant, party: partyId(id) });

function line(book: Book, number: number, date: number, more: Partial<Line> = {}): Line {
  const entries = [
    { account: account("receivable:USD:ann"), amount: picos("12.000000000001") },
    { account: account("revenue:USD"), amount: picos("-12.000000000001") },
  ];
  const balances = { "receivable:USD": picos("1e10"), "revenue:USD": picos("-0.5") };
  const said = { description: "A test; of «lines»", facts: { a: "1", __proto: "x y" } };
  return { book, number, date, cause: "test:1", occurredAt: 5, entries, balances, ...said, ...more };
}

function posted(book: Book, cause: string, number = 1): PostedCause {
  return { merchant: book.merchant, cause, digest: `digest of ${cause}`, date: 10, book, number };
}

/** What every store of books does; merchants are fresh in each test, so that one table serves all. */
export function booksContract(name: string, open: () => Books, alongside: AlongsideCases): void {
  describe(`${name}: books`, () => {
    test("take a posting whole: its cause and a line in each book", async () => {
      const [books, merchant] = fresh(open);
      const [all, ann] = [general(merchant), party(merchant)];
      const lines = [line(all, 1, 10), line(ann, 1, 10)];
      expect(await books.posted(merchant, "test:1")).toBeUndefined();
      expect(await books.head(all)).toBeUndefined();
      expect(await books.commit({ posted: posted(all, "test:1"), lines })).toBe("committed");
      expect(await books.posted(merchant, "test:1")).toEqual(posted(all, "test:1"));
      expect(await books.head(all)).toEqual(lines[0]);
      expect(await books.head(ann)).toEqual(lines[1]);
      expect(await books.line(ann, 1)).toEqual(lines[1]);
      expect(await books.line(ann, 2)).toBeUndefined();
      expect(await books.head(general(merchant, 8))).toBeUndefined();
    });

    test("write nothing of a posting whose cause or whose line was there", async () => {
      const [books, merchant] = fresh(open);
      const [all, ann] = [general(merchant), party(merchant)];
      await books.commit({ posted: posted(all, "test:1"), lines: [line(all, 1, 10)] });
      const again = { posted: posted(ann, "test:1"), lines: [line(ann, 1, 10)] };
      expect(await books.commit(again)).toBe("taken");
      const taken = { posted: posted(ann, "test:2"), lines: [line(ann, 1, 10), line(all, 1, 10)] };
      expect(await books.commit(taken)).toBe("taken");
      expect(await books.head(ann)).toBeUndefined();
      expect(await books.posted(merchant, "test:2")).toBeUndefined();
      expect(await books.posted(merchant, "test:1")).toEqual(posted(all, "test:1"));
    });

    test("take what caused a posting with it, or neither", async () => {
      const [books, merchant] = fresh(open);
      const all = general(merchant);
      const refused = { posted: posted(all, "test:1"), lines: [line(all, 1, 10)], alongside: alongside.bad() };
      expect(await books.commit(refused)).toBe("refused");
      expect(await books.head(all)).toBeUndefined();
      const good = alongside.good();
      expect(await good.isWritten()).toBe(false);
      expect(await books.commit({ ...refused, alongside: good.alongside })).toBe("committed");
      expect(await good.isWritten()).toBe(true);
      const late = alongside.good();
      expect(await books.commit({ ...refused, alongside: late.alongside })).toBe("taken");
      expect(await late.isWritten()).toBe(false);
    });

    test("append a line without a cause once, under its number", async () => {
      const [books, merchant] = fresh(open);
      const fence = line(general(merchant), 1, 10, { entries: [], balances: {}, facts: {} });
      expect(await books.append(fence)).toBe("appended");
      expect(await books.append({ ...fence, date: 11 })).toBe("taken");
      expect(await books.head(fence.book)).toEqual(fence);
    });

    test("find lines by their dates, in order of numbers among those of one date", async () => {
      const [books, merchant] = fresh(open);
      const all = general(merchant);
      const dates = [0, 5, 5, 5, 9, 9, 100, 100, 100, 100, 100, 1_800_000_000_000];
      for (const [index, date] of dates.entries()) await books.append(line(all, index + 1, date));
      const numbers = async (range: Parameters<Books["lines"]>[1]) =>
        (await books.lines(all, range)).map(({ number }) => number);
      expect(await numbers({ limit: 99 })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      expect(await numbers({ limit: 3 })).toEqual([1, 2, 3]);
      expect(await numbers({ from: 5, limit: 4 })).toEqual([2, 3, 4, 5]);
      expect(await numbers({ from: 6, before: 100, limit: 99 })).toEqual([5, 6]);
      expect(await numbers({ before: 5, limit: 99 })).toEqual([1]);
      expect(await numbers({ from: 5, before: 5, limit: 99 })).toEqual([]);
      expect(await numbers({ from: 9, before: 5, limit: 99 })).toEqual([]);
      expect(await numbers({ before: 0, limit: 99 })).toEqual([]);
      expect(await numbers({ after: { date: 5, number: 3 }, limit: 99 })).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
      expect(await numbers({ after: { date: 100, number: 11 }, limit: 99 })).toEqual([12]);
      expect(await numbers({ after: { date: 5, number: 3 }, before: 9, limit: 99 })).toEqual([4]);
      expect(await numbers({ after: { date: 1_800_000_000_000, number: 12 }, limit: 99 })).toEqual([]);
      const at = async (date: number) => (await books.lineAt(all, date))?.number;
      expect(await at(-1)).toBeUndefined();
      expect([await at(0), await at(4), await at(5), await at(9), await at(99)]).toEqual([1, 1, 4, 6, 6]);
      expect([await at(100), await at(1_799_999_999_999), await at(1_800_000_000_000)]).toEqual([11, 11, 12]);
    });

    test("keep what a chunk came to as it was first", async () => {
      const [books, merchant] = fresh(open);
      const entries = line(general(merchant), 1, 1).entries;
      const sums = { merchant, run: "st_1", chunk: 3, postings: 2, entries };
      expect(await books.chunkSums(merchant, "st_1", 3)).toBeUndefined();
      expect(await books.putChunkSums(sums)).toEqual(sums);
      expect(await books.putChunkSums({ ...sums, postings: 5, entries: [] })).toEqual(sums);
      expect(await books.chunkSums(merchant, "st_1", 3)).toEqual(sums);
      expect(await books.chunkSums(merchant, "st_1", 4)).toBeUndefined();
      const none = { ...sums, chunk: 4, postings: 0, entries: [] };
      await books.putChunkSums(none);
      expect(await books.chunkSums(merchant, "st_1", 4)).toEqual(none);
    });

    test("are closed in order, once under a number", async () => {
      const [books, merchant] = fresh(open);
      const accounts = [{ account: account("tax:USD"), balance: picos("-3.000000000001") }];
      const closes = [1, 2, 3].map((number) =>
        sealClose({ merchant, number, through: number * 10, closedAt: 50, accounts, previous: "0" }),
      );
      expect(await books.close(merchant)).toBeUndefined();
      for (const close of closes) expect(await books.appendClose(close)).toBe("appended");
      for (const close of closes) expect(await books.appendClose({ ...close, through: 99 })).toBe("taken");
      expect(await books.close(merchant)).toEqual(closes[2]);
      expect(await books.close(merchant, 2)).toEqual(closes[1]);
      expect(await books.close(merchant, 4)).toBeUndefined();
      expect(await books.closes(merchant, { after: 0, limit: 2 })).toEqual(closes.slice(0, 2));
      expect(await books.closes(merchant, { after: 2, limit: 2 })).toEqual(closes.slice(2));
    });

    test("of one merchant are not another's, nor those of like names", async () => {
      const [books, merchant] = fresh(open);
      const [, other] = fresh(open);
      const ann = party(merchant);
      await books.commit({ posted: posted(ann, "test:1"), lines: [line(ann, 1, 10)] });
      for (const book of [party(other), party(merchant, "Ann"), party(merchant, "ann.1")])
        expect(await books.head(book)).toBeUndefined();
      expect(await books.posted(other, "test:1")).toBeUndefined();
      expect(await books.posted(merchant, "test:10")).toBeUndefined();
      expect(await books.close(other)).toBeUndefined();
    });

    test("hold amounts of forty digits and accounts of many currencies", async () => {
      const [books, merchant] = fresh(open);
      const codes = ["USD", "JPY", "KWD", "CLF"].map(currency);
      const amount = picosFrom(10n ** 40n - 1n);
      const entries = codes.map((code) => ({ account: { type: "wallet", currency: code } as const, amount }));
      const balances = Object.fromEntries(codes.map((code) => [`wallet:${code}`, amount]));
      const large = line(general(merchant), 1, 10, { entries, balances });
      await books.append(large);
      expect(await books.head(large.book)).toEqual(large);
    });
  });
}

function fresh(open: () => Books): readonly [Books, MerchantId] {
  return [open(), merchantId(`Books-${++tests}`)];
}
