import { type Clock, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { BundleDigest } from "./codec/bundle.ts";
import { packBundles } from "./codec/index.ts";
import type { Fact } from "./event.ts";
import { type Hour, hourEnd, hourOf } from "./hour.ts";
import { inParallel } from "./in-parallel.ts";
import type { Journal, ShardPlans } from "./journal.ts";
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
  readonly journal: Journal;
  readonly plans: ShardPlans;
  readonly clock: Clock;
}

/** How many shard-hours one request may touch; clients sort by time before they batch. */
export const maxShardHours = 1_000;
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
    shared,
  }: {
    readonly merchant: MerchantId;
    readonly facts: readonly Fact[];
    readonly receivedAt: number;
    /** Writes them together with facts of other requests. */
    readonly shared?: FactWriter | undefined;
  },
): Promise<Result<void, TooScattered>> {
  const plan = await stores.plans.shardPlan(merchant);
  const groups = groupsOf(merchant, plan, facts);
  if (groups.length > maxShardHours)
    return err({ code: "too_scattered", shardHours: groups.length, limit: maxShardHours });
  const write = shared === undefined ? putOwn : putShared(shared);
  const stored = await write(stores.journal, groups, receivedAt);
  await markLate(stores, stored);
  return ok(undefined);
}

interface Stored {
  readonly at: ShardHour;
  readonly digest: BundleDigest;
}

async function putOwn(journal: Journal, groups: readonly Group[], receivedAt: number): Promise<readonly Stored[]> {
  const bundles = groups.flatMap(({ at, facts }) =>
    packBundles(facts, { maxBytes: maxBundleBytes }).map((packed) => ({ at, bundle: { ...packed, receivedAt } })),
  );
  await inParallel(bundlesAtOnce, bundles, ({ at, bundle }) => journal.putBundle(at, bundle));
  return bundles.map(({ at, bundle: { digest } }) => ({ at, digest }));
}

function putShared(shared: FactWriter): typeof putOwn {
  return async (_, groups, receivedAt) => {
    const stored: Stored[] = [];
    await inParallel(bundlesAtOnce, groups, async ({ at, facts }) => {
      for (const digest of await shared.putFacts(at, facts, receivedAt)) stored.push({ at, digest });
    });
    return stored;
  };
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

async function markLate({ journal, clock }: FactStores, stored: readonly Stored[]): Promise<void> {
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
