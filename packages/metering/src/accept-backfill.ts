import { err, type MerchantId, ok, type Result } from "@farthing/money";
import {
  acceptEvents,
  type IngestAnswer,
  type IngestRequest,
  type IngestStores,
  type StoreFacts,
} from "./accept-events.ts";
import { type BackfillClosed, type BackfillRef, type Backfills, closed, type Staging } from "./backfill.ts";
import type { NotEvents } from "./event-body.ts";
import { inParallel } from "./in-parallel.ts";
import { packFacts, storeBundles, type TooScattered } from "./store-facts.ts";

/** What taking events in under the name of a backfill needs. */
export interface BackfillIngestStores extends IngestStores {
  readonly backfills: Backfills;
  readonly staging: Staging;
}

/** A request with events, under the name of a backfill where there is one. */
export type NamedRequest = Omit<IngestRequest, "backfill"> & { readonly backfill: string | undefined };

/** What became of the events, and whether they wait under the backfill's name. */
export interface BackfillAnswer extends IngestAnswer {
  readonly backfill?: { readonly name: string; readonly staged: boolean };
}

const bundlesAtOnce = 32;

/**
 * Takes a request's events in. Under the name of an open backfill they are staged: durable, and seen by nothing before the
 * backfill is committed. Under a name that nobody opened they are taken at once, whatever their age.
 *
 * Errors, in this order: `backfill_closed`, then as `acceptEvents`; `backfill_closed` too where it was dropped meanwhile.
 */
export async function acceptNamed(
  stores: BackfillIngestStores,
  request: NamedRequest,
): Promise<Result<BackfillAnswer, NotEvents | TooScattered | BackfillClosed>> {
  const { merchant, backfill: name } = request;
  if (name === undefined) return await acceptEvents(stores, { ...request, backfill: false });
  const found = await stores.backfills.backfill({ merchant, name });
  if (found !== undefined && found.status !== "open") return err(closed(found));
  const staged = found !== undefined;
  const old = { ...request, backfill: true };
  const answer = staged
    ? await acceptEvents(stores, old, staging(stores, { merchant, name }))
    : await acceptEvents(stores, old);
  return answer.ok ? ok({ ...answer.value, backfill: { name, staged } }) : answer;
}

/**
 * Stages facts, then looks whether the backfill is still open: one that closes reads what is staged after it closed, so
 * either it finds these, or this writer sees that it closed and puts them where the backfill goes.
 */
function staging(
  stores: BackfillIngestStores,
  of: BackfillRef & { readonly merchant: MerchantId },
): StoreFacts<BackfillClosed> {
  return async (_, received) => {
    const packed = await packFacts(stores, received);
    if (!packed.ok) return packed;
    await inParallel(bundlesAtOnce, packed.value, async ({ at, bundle }) => {
      await stores.staging.stageBundle(of, at, bundle);
    });
    const now = await stores.backfills.backfill(of);
    if (now === undefined || now.status === "open") return ok(undefined);
    if (now.status === "dropping" || now.status === "clearing" || now.status === "dropped") return err(closed(now));
    await storeBundles(stores, packed.value);
    return ok(undefined);
  };
}
