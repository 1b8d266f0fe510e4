import type { Clock } from "@farthing/money";
import type { BundleDigest } from "./codec/bundle.ts";
import { type Hour, hourOf, hourPlus } from "./hour.ts";
import type { Journal, Mark, RollProgress, ShardPlans, StoredBundle } from "./journal.ts";
import { markOf } from "./mark.ts";
import type { MeterSets } from "./meter.ts";
import { aheadMs } from "./parse-events.ts";
import { RememberedLog } from "./remembered-log.ts";
import { type RollStores, rollHour } from "./roll.ts";
import { type ShardHour, type ShardRef, shardsEver } from "./shard.ts";

/** What rolling a shard needs. */
export interface ShardRollStores extends RollStores {
  readonly journal: Journal;
  readonly progress: RollProgress;
  readonly plans: ShardPlans;
  readonly meters: MeterSets;
  readonly clock: Clock;
}

/** How long after an hour's end its regular roll may start, and before its end writers begin to mark. */
export const rollMarginMs = 5_000;

/** The last hour that can hold an event now: writers take some minutes ahead, by clocks that may be ahead of this one. */
export function latestHour(clock: Clock): Hour {
  return hourOf(clock.now() + aheadMs + rollMarginMs);
}

/** How many hours in a row may be found empty before they count as done: who dies before looks at them again. */
const emptyInARow = 24;

/** Whether an hour has to be counted as done at once: it held something, is the last of its run, or ends a run of empty ones. */
function isDue(held: boolean, hour: Hour, last: number): boolean {
  return held || hour === last || hour % emptyInARow === emptyInARow - 1;
}

/**
 * Rolls the hours of a shard that have closed since it was last rolled, in order; each hour counts as rolled only after
 * its last statement, hours without any together with the next.
 *
 * Source: the protocol's rule 1 (docs/metering.md).
 */
export async function rollClosedHours(stores: ShardRollStores, shard: ShardRef): Promise<void> {
  const closed = hourPlus(hourOf(stores.clock.now() - rollMarginMs), -1);
  const log = new RememberedLog(stores.log);
  for (let hour = await nextHour(stores, shard); hour <= closed; hour = hourPlus(hour, 1)) {
    const held = await rollWholeHour({ ...stores, log }, { ...shard, hour });
    if (isDue(held, hour, closed)) await stores.progress.raiseRolledThrough(shard, hour);
  }
}

/**
 * Rolls what the shard's open hours hold so far, for a settlement that bills up to now. They do not count as rolled: their
 * regular roll reads them again and appends what came later.
 */
export async function rollOpenHours(stores: ShardRollStores, shard: ShardRef): Promise<void> {
  const latest = latestHour(stores.clock);
  for (let hour = await nextHour(stores, shard); hour <= latest; hour = hourPlus(hour, 1)) {
    await rollWholeHour(stores, { ...shard, hour });
  }
}

/**
 * Rolls the bundles that marks name, all marks of the shard together, and removes each mark whose bundles it has all read
 * and turned into statements. Bundles that do not decode keep their mark.
 *
 * Source: the protocol's rules 2 and 8 (docs/metering.md).
 */
export async function rollMarked(stores: ShardRollStores, shard: ShardRef): Promise<void> {
  const marks = await stores.journal.marks(shard);
  if (marks.length === 0) return;
  const done = new Set<string>();
  const log = new RememberedLog(stores.log);
  for (const [hour, digests] of digestsByHour(marks)) {
    const at = { ...shard, hour };
    const bundles = await Promise.all([...digests].map((digest) => stores.journal.bundle(at, digest)));
    const record = await rollBundles(
      { ...stores, log },
      at,
      bundles.filter((bundle) => bundle !== undefined),
    );
    for (const digest of record.digests) done.add(`${hour}/${digest}`);
  }
  for (const mark of marks) {
    const whole = mark.bundles.every(({ hour, digest }) => done.has(`${hour}/${digest}`));
    if (whole) await stores.journal.removeMark(shard, mark.id);
  }
}

/**
 * Compares once, an hour after each hour's roll, the bundles that are stored with those that were rolled, and marks what a
 * writer left unmarked when it died. Answers whether it marked any.
 *
 * Source: the protocol's rule 2 (docs/metering.md).
 */
export async function sweepShard(stores: ShardRollStores, shard: ShardRef): Promise<boolean> {
  const rolled = await stores.progress.rolledThrough(shard);
  if (rolled === undefined) return false;
  const ripe = Math.min(rolled, hourOf(stores.clock.now() - rollMarginMs) - 2);
  let hour = hourPlus((await stores.progress.sweptThrough(shard)) ?? hourPlus(await firstHour(stores, shard), -1), 1);
  let marked = false;
  for (; hour <= ripe; hour = hourPlus(hour, 1)) {
    const missed = await sweepHour(stores, { ...shard, hour });
    if (isDue(missed, hour, ripe)) await stores.progress.raiseSweptThrough(shard, hour);
    marked ||= missed;
  }
  return marked;
}

/** Marks the bundles of a shard-hour that no roll has worked off. Answers whether there were any. */
export async function sweepHour(stores: ShardRollStores, at: ShardHour): Promise<boolean> {
  const bundles = await bundlesOf(stores.journal, at);
  if (bundles.length === 0) return false;
  const { digests, quarantined } = await stores.progress.rollRecord(at);
  const rolled = new Set<BundleDigest>([...digests, ...quarantined]);
  const missed = bundles.filter(({ digest }) => !rolled.has(digest));
  if (missed.length === 0) return false;
  await stores.journal.putMark(at, markOf(missed.map(({ digest }) => ({ hour: at.hour, digest }))));
  return true;
}

/** All bundles of a shard-hour. */
export async function bundlesOf(journal: Journal, at: ShardHour): Promise<readonly StoredBundle[]> {
  const all: StoredBundle[] = [];
  let page = await journal.bundles(at);
  all.push(...page.bundles);
  while (page.next !== undefined) {
    page = await journal.bundles(at, page.next);
    all.push(...page.bundles);
  }
  return all;
}

/** Rolls all bundles of a shard-hour. Answers whether it held any. */
async function rollWholeHour(stores: ShardRollStores, at: ShardHour): Promise<boolean> {
  const bundles = await bundlesOf(stores.journal, at);
  if (bundles.length === 0) return false;
  await rollBundles(stores, at, bundles);
  return true;
}

async function rollBundles(stores: ShardRollStores, at: ShardHour, bundles: readonly StoredBundle[]) {
  const meters = await stores.meters.currentMeters(at.merchant);
  const record = await rollHour(stores, { merchant: at.merchant, hour: at.hour, meters }, bundles);
  const kept = record.quarantined.map((digest) => ({ hour: at.hour, digest }));
  if (kept.length > 0) await stores.journal.putMark(at, markOf(kept));
  await stores.progress.recordRoll(at, record);
  return record;
}

async function nextHour(stores: ShardRollStores, shard: ShardRef): Promise<Hour> {
  const rolled = await stores.progress.rolledThrough(shard);
  return rolled === undefined ? await firstHour(stores, shard) : hourPlus(rolled, 1);
}

async function firstHour({ plans }: ShardRollStores, { merchant, shard }: ShardRef): Promise<Hour> {
  const plan = await plans.shardPlan(merchant, { fresh: true });
  const found = shardsEver(plan).find((candidate) => candidate.shard === shard);
  if (found === undefined) throw new Error("a shard that the merchant never had");
  return found.firstHour;
}

function digestsByHour(marks: readonly Mark[]): readonly [Hour, ReadonlySet<BundleDigest>][] {
  const hours = new Map<Hour, Set<BundleDigest>>();
  for (const { hour, digest } of marks.flatMap(({ bundles }) => bundles)) {
    const digests = hours.get(hour) ?? new Set();
    hours.set(hour, digests.add(digest));
  }
  return [...hours].sort(([a], [b]) => a - b);
}
