import { type Clock, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { BundleDigest } from "./codec/bundle.ts";
import { packBundles } from "./codec/index.ts";
import type { Fact } from "./event.ts";
import { type Hour, hourEnd, hourOf } from "./hour.ts";
import { inParallel } from "./in-parallel.ts";
import type { Journal, ShardPlans, StoredBundle } from "./journal.ts";
import { marksOf } from "./mark.ts";
import { type ShardHour, type ShardPlan, shardOf, shardsAt } from "./shard.ts";
import { rollMarginMs } from "./shard-roll.ts";
import { type FactWriter, maxBundleBytes } from "./shared-writes.ts";

/** A request's facts lie in more shard-hours than one request may touch. */
export interface TooScattered {
  readonly code: "too_scattered";
  readonly shardHours: number;
  readonly limit: number;
}

/** What storing facts needs. */
export interface FactStores {
  readonly journal: Pick<Journal, "putBundle" | "putMark">;
  readonly plans: Pick<ShardPlans, "shardPlan">;
  readonly clock: Clock;
}

/** How many shard-hours one request may touch; clients sort by time before they batch. */
export const maxShardHours = 1_000;
const bundlesAtOnce = 32;

/** Facts of one request. Units: `receivedAt` in milliseconds. */
export interface ReceivedFacts {
  readonly merchant: MerchantId;
  readonly facts: readonly Fact[];
  readonly receivedAt: number;
  /** Writes them together with facts of other requests. */
  readonly shared?: FactWriter | undefined;
}

/** A bundle, and the shard-hour that it belongs to. */
export interface PlacedBundle {
  readonly at: ShardHour;
  readonly bundle: StoredBundle;
}

/**
 * Stores facts as bundles, one for each shard-hour that they fall in, and marks those whose hour is over or about to be.
 * When it returns, every fact is durable and the next read shows it.
 *
 * What follows a put never depends on whether it created the bundle or found it there.
 * Errors: `too_scattered`, before anything is stored. Source: the protocol's rules 1 and 3 (docs/metering.md).
 */
export async function storeFacts(
  stores: FactStores,
  { shared, ...received }: ReceivedFacts,
): Promise<Result<void, TooScattered>> {
  const groups = await placedGroups(stores, received);
  if (!groups.ok) return groups;
  if (shared === undefined) await storeBundles(stores, bundlesOf(groups.value, received));
  else await markLate(stores, await putShared(shared, groups.value, received.receivedAt));
  return ok(undefined);
}

/** Packs facts into bundles of their own, one or more for each shard-hour. Errors: `too_scattered`. */
export async function packFacts(
  stores: Pick<FactStores, "plans">,
  received: ReceivedFacts,
): Promise<Result<readonly PlacedBundle[], TooScattered>> {
  const groups = await placedGroups(stores, received);
  return groups.ok ? ok(bundlesOf(groups.value, received)) : groups;
}

/** Stores bundles, then marks those whose hour is over or about to be. */
export async function storeBundles(
  stores: Pick<FactStores, "journal" | "clock">,
  bundles: readonly PlacedBundle[],
): Promise<void> {
  await inParallel(bundlesAtOnce, bundles, ({ at, bundle }) => stores.journal.putBundle(at, bundle));
  await markLate(
    stores,
    bundles.map(({ at, bundle: { digest } }) => ({ at, digest })),
  );
}

function bundlesOf(
  groups: readonly Group[],
  { receivedAt }: Pick<ReceivedFacts, "receivedAt">,
): readonly PlacedBundle[] {
  return groups.flatMap(({ at, facts }) =>
    packBundles(facts, { maxBytes: maxBundleBytes }).map((packed) => ({ at, bundle: { ...packed, receivedAt } })),
  );
}

interface Stored {
  readonly at: ShardHour;
  readonly digest: BundleDigest;
}

async function putShared(shared: FactWriter, groups: readonly Group[], receivedAt: number): Promise<readonly Stored[]> {
  const stored: Stored[] = [];
  await inParallel(bundlesAtOnce, groups, async ({ at, facts }) => {
    for (const digest of await shared.putFacts(at, facts, receivedAt)) stored.push({ at, digest });
  });
  return stored;
}

interface Group {
  readonly at: ShardHour;
  readonly facts: Fact[];
}

async function placedGroups(
  { plans }: Pick<FactStores, "plans">,
  { merchant, facts }: ReceivedFacts,
): Promise<Result<readonly Group[], TooScattered>> {
  const groups = groupsOf(merchant, await plans.shardPlan(merchant), facts);
  if (groups.length <= maxShardHours) return ok(groups);
  return err({ code: "too_scattered", shardHours: groups.length, limit: maxShardHours });
}

/** Facts by shard-hour, in the order of their first ones. */
function groupsOf(merchant: MerchantId, plan: ShardPlan, facts: readonly Fact[]): readonly Group[] {
  const hours = new Map<Hour, { readonly count: number; readonly shards: Map<number, Group> }>();
  const groups: Group[] = [];
  for (const fact of facts) {
    const hour = hourOf(fact.time);
    const inHour = hours.get(hour) ?? { count: shardsAt(plan, hour), shards: new Map<number, Group>() };
    if (inHour.shards.size === 0) hours.set(hour, inHour);
    const shard = shardOf(fact.customer, inHour.count);
    const found = inHour.shards.get(shard);
    const group = found ?? { at: { merchant, shard, hour }, facts: [] };
    group.facts.push(fact);
    if (found !== undefined) continue;
    inHour.shards.set(shard, group);
    groups.push(group);
  }
  return groups;
}

async function markLate(
  { journal, clock }: Pick<FactStores, "journal" | "clock">,
  stored: readonly Stored[],
): Promise<void> {
  const now = clock.now();
  const late = new Map<number, { readonly at: ShardHour; readonly named: { hour: Hour; digest: BundleDigest }[] }>();
  for (const { at, digest } of stored) {
    if (now < hourEnd(at.hour) - rollMarginMs) continue;
    const group = late.get(at.shard) ?? { at, named: [] };
    group.named.push({ hour: at.hour, digest });
    late.set(at.shard, group);
  }
  await inParallel(bundlesAtOnce, [...late.values()], async ({ at, named }) => {
    for (const mark of marksOf(named)) await journal.putMark(at, mark);
  });
}
