import { type MerchantId, noMoney, sum } from "@farthing/money";
import { accountId } from "./account.ts";
import type { Entry, Posting } from "./posting.ts";

/** What the postings of one chunk of a run come to, by accounts without their parties: a record created once. */
export interface ChunkSums {
  readonly merchant: MerchantId;
  readonly run: string;
  readonly chunk: number;
  readonly postings: number;
  readonly entries: readonly Entry[];
}

/** Adds up entries by account, without their parties and in order. */
export function sumEntries(entries: Iterable<Entry>): readonly Entry[] {
  const sums = new Map<string, Entry>();
  for (const { account, amount } of entries) {
    const whole = { type: account.type, currency: account.currency };
    const id = accountId(whole);
    sums.set(id, { account: whole, amount: sum([sums.get(id)?.amount ?? noMoney, amount]) });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** What a chunk's postings come to. */
export function chunkSumsOf(
  { merchant, run, chunk }: Pick<ChunkSums, "merchant" | "run" | "chunk">,
  postings: readonly Posting[],
): ChunkSums {
  const entries = sumEntries(postings.flatMap((posting) => posting.entries));
  return { merchant, run, chunk, postings: postings.length, entries };
}

/** Whether two records of a chunk say the same. */
export function isSameSums(a: ChunkSums, b: ChunkSums): boolean {
  return a.postings === b.postings && entriesText(a.entries) === entriesText(b.entries);
}

function entriesText(entries: readonly Entry[]): string {
  return entries.map(({ account, amount }) => `${accountId(account)} ${amount}`).join();
}
