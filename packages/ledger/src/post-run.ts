import { inParallel } from "@farthing/metering";
import { err, expectOk, type MerchantId, ok, type Result } from "@farthing/money";
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

/** Chunks of a run have not been posted, so that it has no sum yet. */
export interface ChunksNotPosted {
  readonly code: "chunks_not_posted";
  readonly chunks: readonly number[];
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
 * Posts a run's summary: one entry an account, over all of its chunks. May be done again; a run that moves nothing posts
 * nothing.
 *
 * Errors: `chunks_not_posted`, then those of `post`.
 */
export async function postRun(
  stores: LedgerStores,
  { merchant, id, chunks, occurredAt }: Run,
): Promise<Result<PostedCause | undefined, NotPosted | ChunksNotPosted>> {
  const { sums, missing } = await chunksOf(stores, { merchant, id, chunks });
  if (missing.length > 0) return err({ code: "chunks_not_posted", chunks: missing });
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
): Promise<{ readonly sums: readonly ChunkSums[]; readonly missing: readonly number[] }> {
  const sums: ChunkSums[] = [];
  const missing: number[] = [];
  await inParallel(
    atOnce,
    Array.from({ length: chunks }, (_, chunk) => chunk),
    async (chunk) => {
      const stored = await books.chunkSums(merchant, id, chunk);
      if (stored === undefined) missing.push(chunk);
      else sums.push(stored);
    },
  );
  return { sums, missing: missing.sort((a, b) => a - b) };
}
