import { type Clock, err, type MerchantId, ok, type Result } from "@farthing/money";
import {
  type Backfill,
  type BackfillClosed,
  type BackfillNotFound,
  type BackfillQueue,
  type BackfillRef,
  type Backfills,
  closed,
} from "./backfill.ts";
import { type BackfillDocument, backfillDocument } from "./backfill-document.ts";
import { countStaged, type StagedStores } from "./staged-rows.ts";

/** What the use cases of backfills need. */
export interface BackfillStores extends StagedStores {
  readonly backfills: Backfills;
  readonly queue: BackfillQueue;
  readonly clock: Clock;
}

/** Opens a backfill; one that is open stays as it is. Errors: `backfill_closed` for a name that was committed or dropped. */
export async function openBackfill(
  { backfills, clock }: BackfillStores,
  { merchant, name }: BackfillRef,
): Promise<Result<BackfillDocument, BackfillClosed>> {
  const fresh: Backfill = { merchant, name, status: "open", createdAt: clock.now() };
  if ((await backfills.createBackfill(fresh)) === "created") return ok(backfillDocument(fresh));
  const found = (await backfills.backfill({ merchant, name })) ?? fresh;
  return found.status === "open" ? ok(backfillDocument(found)) : err(closed(found));
}

/** Shows a backfill and what it holds, or held when it closed. Errors: `not_found`. */
export async function getBackfill(
  stores: BackfillStores,
  of: BackfillRef,
): Promise<Result<BackfillDocument, BackfillNotFound>> {
  const found = await stores.backfills.backfill(of);
  if (found === undefined) return err({ code: "not_found" });
  return ok(backfillDocument(found, found.counts ?? (await countStaged(stores, of))));
}

/** Lists a merchant's backfills in order of their names. */
export async function listBackfills(
  { backfills }: BackfillStores,
  { merchant, ...page }: { readonly merchant: MerchantId; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ readonly items: readonly BackfillDocument[]; readonly next?: string }, never>> {
  const found = await backfills.backfills(merchant, page);
  const items = found.backfills.map((backfill) => backfillDocument(backfill));
  return ok({ items, ...(found.next === undefined ? {} : { next: found.next }) });
}

/**
 * Commits a backfill as a whole: with this one write it can only be committed. Its events count as work on it goes on; what a
 * settlement does not see of it meanwhile, the next one bills. Again it asks for the work again.
 *
 * Errors, in this order: `not_found`, `backfill_closed` where it was dropped.
 */
export async function commitBackfill(
  stores: BackfillStores,
  of: BackfillRef,
): Promise<Result<BackfillDocument, BackfillNotFound | BackfillClosed>> {
  return await close(stores, of, { begin: "committing", way: new Set(["committing", "moving", "committed"]) });
}

/** Drops a backfill as a whole: none of its events ever counts. Errors: as `commitBackfill`, where it was committed. */
export async function dropBackfill(
  stores: BackfillStores,
  of: BackfillRef,
): Promise<Result<BackfillDocument, BackfillNotFound | BackfillClosed>> {
  return await close(stores, of, { begin: "dropping", way: new Set(["dropping", "clearing", "dropped"]) });
}

interface Closing {
  readonly begin: "committing" | "dropping";
  /** Where one that is closed this way already can stand. */
  readonly way: ReadonlySet<Backfill["status"]>;
}

async function close(
  stores: BackfillStores,
  of: BackfillRef,
  { begin, way }: Closing,
): Promise<Result<BackfillDocument, BackfillNotFound | BackfillClosed>> {
  const found = await stores.backfills.backfill(of);
  if (found === undefined) return err({ code: "not_found" });
  const closing: Backfill = { ...found, status: begin, closedAt: stores.clock.now() };
  const isFirst = found.status === "open" && (await stores.backfills.advanceBackfill(closing, "open")) === "advanced";
  const now = isFirst ? closing : ((await stores.backfills.backfill(of)) ?? found);
  if (!way.has(now.status)) return err(closed(now));
  await pushBackfill(stores, now);
  return ok(backfillDocument(now));
}

/** Asks for what a closing backfill waits for. */
export async function pushBackfill({ queue }: Pick<BackfillStores, "queue">, backfill: Backfill): Promise<void> {
  if (backfill.status !== "committed" && backfill.status !== "dropped" && backfill.status !== "open")
    await queue.askForBackfill(backfill);
}

/** Pushes on the backfills of all merchants that are closing: their messages may be lost. */
export async function planBackfills(stores: BackfillStores): Promise<void> {
  for (const backfill of await stores.backfills.closingBackfills()) await pushBackfill(stores, backfill);
}
