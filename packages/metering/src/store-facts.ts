import { type Clock, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { BundleDigest } from "./codec/bundle.ts";
import { packBundles } from "./codec/index.ts";
import type { Fact } from "./event.ts";
import { type Hour, hourEnd, hourOf } from "./hour.ts";
import { inParallel } from "./in-parallel.ts";
import type { Journal, Mark, ShardPlans, StoredBundle } from "./journal.ts";
import { markOf } from "./mark.ts";
import { type ShardHour, type ShardPlan, shardOf, shardsAt } from "./shard.ts";
import { rollMarginMs } from "./shard-roll.ts";

/** A request's facts lie in more shard-hours than one request may touch. */
export interface TooScattered {
  readonly code: "too_scattered";
  readonly shardHours: number;
  readonly limit: number;
}

/** What storing facts needs. */
export interface FactStores {
  readonly journal: Journal;
  readonly plans: ShardPlans;
  readonly clock: Clock;
}

/** How many shard-hours one request may touch; clients sort by time before they batch. */
export const maxShardHours = 1_000;
/** A bundle is one item of at most this size. Units: bytes. */
const maxBundleBytes = 128 * 1024;
const bundlesAtOnce = 32;

/**
 * Stores facts as bundles, one for each shard-hour that they fall in, and marks those whose hour is over or about to be.
 * When it returns, every fact is durable and the next read shows it.
 *
 * What follows a put never depends on whether it created the bundle or found it there.
 * Errors: `too_scattered`, before anything is stored. Source: the protocol's rules 1 and 3 (docs/metering.md).
 */
export async function storeFacts(
  stores: FactStores,
  {
    merchant,
    facts,
    receivedAt,
  }: { readonly merchant: MerchantId; readonly facts: readonly Fact[]; readonly receivedAt: number },
): Promise<Result<void, TooScattered>> {
  const plan = await stores.plans.shardPlan(merchant);
  const groups = groupsOf(merchant, plan, facts);
  if (groups.length > maxShardHours)
    return err({ code: "too_scattered", shardHours: groups.length, limit: maxShardHours });
  const bundles = groups.flatMap(({ at, facts: own }) =>
    packBundles(own, { maxBytes: maxBundleBytes }).map((packed) => ({ at, bundle: { ...packed, receivedAt } })),
  );
  await inParallel(bundlesAtOnce, bundles, async ({ at, bundle }) => {
    await stores.journal.putBundle(at, bundle);
  });
  await markLate(stores, bundles);
  return ok(undefined);
}

interface Group {
  readonly at: ShardHour;
  readonly facts: Fact[];
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
  { journal, clock }: FactStores,
  bundles: readonly { readonly at: ShardHour; readonly bundle: StoredBundle }[],
): Promise<void> {
  const now = clock.now();
  const late = new Map<number, { readonly at: ShardHour; readonly named: { hour: Hour; digest: BundleDigest }[] }>();
  for (const { at, bundle } of bundles) {
    if (now < hourEnd(at.hour) - rollMarginMs) continue;
    const group = late.get(at.shard) ?? { at, named: [] };
    group.named.push({ hour: at.hour, digest: bundle.digest });
    late.set(at.shard, group);
  }
  await inParallel(bundlesAtOnce, [...late.values()], async ({ at, named }) => {
    for (const mark of marksOf(named)) await journal.putMark(at, mark);
  });
}

/** Bundles that one mark names at most: a mark has to stay a small item. */
const bundlesPerMark = 1_000;

function marksOf(named: Mark["bundles"]): readonly Mark[] {
  return Array.from({ length: Math.ceil(named.length / bundlesPerMark) }, (_, index) =>
    markOf(named.slice(index * bundlesPerMark, (index + 1) * bundlesPerMark)),
  );
}
