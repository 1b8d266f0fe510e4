import { inParallel } from "@farthing/metering";
import { expectOk, type MerchantId, ok, type Result } from "@farthing/money";
import type { PostedCause } from "./books.ts";
import { type LedgerStores, type NotPosted, post, postPart } from "./post.ts";
import { makePosting, type NoPosting, type Posting } from "./posting.ts";
import { type ChunkSums, chunkSumsOf, isSameSums, sumEntries } from "./run-sums.ts";

const atOnce = 8;

/** A run: many postings that the general ledger takes as one. Units: milliseconds. */
export interface Run {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly chunks: number;
  readonly occurredAt: number;
}

/** A chunk of a run, by its number. */
export type ChunkName = Pick<ChunkSums, "merchant" | "run" | "chunk">;

/**
 * Posts a chunk's parts, each in the books of its parties, and then notes what the chunk came to. May be done again.
 *
 * Errors: `cause_conflict` for a part that came before with other content; throws when the chunk did.
 */
export async function postChunk(
  stores: LedgerStores,
  name: ChunkName,
  postings: readonly Posting[],
): Promise<Result<ChunkSums, NotPosted>> {
  const failures: NotPosted[] = [];
  await inParallel(atOnce, postings, async (posting) => {
    const posted = await postPart(stores, posting);
    if (!posted.ok) failures.push(posted.error);
  });
  const [failure] = failures;
  if (failure !== undefined) return { ok: false, error: failure };
  const sums = chunkSumsOf(name, postings);
  const stored = await stores.books.putChunkSums(sums);
  if (!isSameSums(stored, sums)) throw new Error(`chunk ${name.chunk} of ${name.run} came to another sum before`);
  return ok(stored);
}

/**
 * Posts a run's summary: one line an account, over all of its chunks, which must have been posted. May be done again; a run
 * that moves nothing posts nothing.
 */
export async function postRun(
  stores: LedgerStores,
  { merchant, id, chunks, occurredAt }: Run,
): Promise<Result<PostedCause | undefined, NotPosted>> {
  const sums = await chunksOf(stores, { merchant, id, chunks });
  const postings = sums.reduce((count, chunk) => count + chunk.postings, 0);
  const summary = makePosting({
    merchant,
    cause: `settlement:${id}`,
    occurredAt,
    description: `Invoices sealed: ${postings}`,
    entries: sumEntries(sums.flatMap(({ entries }) => entries)),
    facts: { settlement: id, invoices: String(postings), chunks: String(chunks) },
  });
  if (isNothing(summary)) return ok(undefined);
  return post(stores, expectOk(summary));
}

function isNothing(summary: Result<Posting, NoPosting>): boolean {
  return !summary.ok && summary.error.code === "nothing_to_post";
}

async function chunksOf(
  { books }: LedgerStores,
  { merchant, id, chunks }: Pick<Run, "merchant" | "id" | "chunks">,
): Promise<readonly ChunkSums[]> {
  const found = new Map<number, ChunkSums>();
  await inParallel(
    atOnce,
    Array.from({ length: chunks }, (_, chunk) => chunk),
    async (chunk) => {
      const sums = await books.chunkSums(merchant, id, chunk);
      if (sums === undefined) throw new Error(`chunk ${chunk} of ${id} is not posted`);
      found.set(chunk, sums);
    },
  );
  return [...found.values()];
}
