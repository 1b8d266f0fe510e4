import type { Backfill, BackfillRef, StagedBundle } from "./backfill.ts";
import type { BackfillStores } from "./close-backfill.ts";
import { inParallel } from "./in-parallel.ts";
import type { ShardRef } from "./shard.ts";
import { rollClosedHours, rollMarked, rollOpenHours, type ShardRollStores } from "./shard-roll.ts";
import { countStaged, shardsOf, stagedPages } from "./staged-rows.ts";
import { storeBundles } from "./store-facts.ts";

/** What working on closing backfills needs. */
export type BackfillWorkStores = BackfillStores & ShardRollStores;

/** How much time is left for one step. Units: milliseconds. */
export interface WorkTime {
  remainingMs(): number;
}

/** A step puts itself back into the queue when less than this is left. Units: milliseconds. */
const marginMs = 60_000;
const bundlesAtOnce = 32;

/**
 * Takes a step of a closing backfill: without a shard counts it, once, and asks for each of its shards; with one works that
 * shard off, and finishes the backfill when none is left. May be taken again, and twice at once.
 *
 * What arrived before is rolled first, so that of two copies with other content the one counts that was here already, as the
 * preview says. A bundle is stored where it belongs and marked as any that comes late before it is taken out of the staging, so that one
 * that a step left behind is moved again, which changes nothing.
 * Source: the protocol's rules 1 to 3 (docs/metering.md).
 */
export async function workBackfill(
  stores: BackfillWorkStores,
  { shard, ...of }: BackfillRef & { readonly shard?: number | undefined },
  time: WorkTime,
): Promise<void> {
  const backfill = await stores.backfills.backfill(of);
  if (backfill === undefined) throw new Error("a backfill that is not there");
  if (shard === undefined) return await beginWork(stores, backfill);
  if (backfill.status !== "moving" && backfill.status !== "clearing") return;
  if (backfill.status === "moving") await rollWhatIsThere(stores, { merchant: of.merchant, shard });
  for await (const page of stagedPages(stores, of, shard)) {
    await workPage(stores, backfill, { shard, page });
    // After a page, so that every step gets on.
    if (time.remainingMs() < marginMs) return await stores.queue.askForBackfill(of, shard);
  }
  await finish(stores, backfill);
}

async function beginWork(stores: BackfillWorkStores, backfill: Backfill): Promise<void> {
  const { status } = backfill;
  if (status === "committing" || status === "dropping") {
    const next = status === "committing" ? "moving" : "clearing";
    // Counted after it closed and before anything moves: whoever comes second finds the same, or that it was noted.
    const counts = await countStaged(stores, backfill);
    await stores.backfills.advanceBackfill({ ...backfill, status: next, counts }, status);
  } else if (status !== "moving" && status !== "clearing") return;
  for (const shard of await shardsOf(stores, backfill)) await stores.queue.askForBackfill(backfill, shard);
}

async function rollWhatIsThere(stores: ShardRollStores, shard: ShardRef): Promise<void> {
  await rollClosedHours(stores, shard);
  await rollMarked(stores, shard);
  await rollOpenHours(stores, shard);
}

async function workPage(
  stores: BackfillWorkStores,
  { merchant, name, status }: Backfill,
  { shard, page }: { readonly shard: number; readonly page: readonly StagedBundle[] },
): Promise<void> {
  const placed = page.map(({ hour, bundle }) => ({ at: { merchant, shard, hour }, bundle }));
  if (status === "moving") await storeBundles(stores, placed);
  await inParallel(bundlesAtOnce, placed, async ({ at, bundle }) => {
    await stores.staging.unstageBundle({ merchant, name }, at, bundle.digest);
  });
}

async function finish(stores: BackfillWorkStores, { merchant, name, status }: Backfill): Promise<void> {
  for (const shard of await shardsOf(stores, { merchant })) {
    const left = await stores.staging.stagedBundles({ merchant, name }, shard, { limit: 1 });
    if (left.bundles.length > 0) return;
  }
  const now = await stores.backfills.backfill({ merchant, name });
  if (now === undefined || now.status !== status) return;
  const end = status === "moving" ? "committed" : "dropped";
  await stores.backfills.advanceBackfill({ ...now, status: end, finishedAt: stores.clock.now() }, status);
}
