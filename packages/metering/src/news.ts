import type { Clock, CustomerId, MerchantId } from "@farthing/money";
import type { Selection } from "./codec/bundle.ts";
import { type Hour, hourPlus } from "./hour.ts";
import { foldHour, type HourFold, type KnownRows } from "./hour-fold.ts";
import type { Journal, RollProgress, ShardPlans, StoredBundle } from "./journal.ts";
import { knownRows, mergeAll } from "./roll.ts";
import { byCustomer } from "./selection.ts";
import { type ShardRef, shardOf, shardsEver } from "./shard.ts";
import { bundlesOf, latestHour } from "./shard-roll.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";

/** What reading the journal for events that no roll has seen yet needs. */
export interface NewsStores {
  readonly journal: Journal;
  readonly progress: RollProgress;
  readonly plans: ShardPlans;
  readonly clock: Clock;
}

/** Whose news to read, in which hours (`from ≤ hour < to`). */
export interface NewsQuery {
  readonly merchant: MerchantId;
  readonly customer?: CustomerId;
  readonly from: Hour;
  readonly to: Hour;
}

/** Rows that may not be in statements yet, by customer and hour. */
export type News = ReadonlyMap<CustomerId, ReadonlyMap<Hour, Selection>>;

/**
 * Reads the bundles that may not be rolled yet: of hours behind the shard's roll, and those that marks name. Reads how far
 * the roll is, and the marks, before the bundles; whoever asks reads statements after it.
 *
 * Source: the protocol's rule 4 (docs/metering.md).
 */
export async function readNews(stores: NewsStores, query: NewsQuery): Promise<News> {
  const plan = await stores.plans.shardPlan(query.merchant, { fresh: true });
  const { customer } = query;
  const mine = customer === undefined ? undefined : new Set(plan.steps.map(({ count }) => shardOf(customer, count)));
  const shards = shardsEver(plan).filter(({ shard }) => mine === undefined || mine.has(shard));
  const found = new Map<Hour, StoredBundle[]>();
  for (const { shard, firstHour } of shards) {
    await collect(stores, { merchant: query.merchant, shard }, { ...query, firstHour }, found);
  }
  return groupedNews(found, customer);
}

async function collect(
  stores: NewsStores,
  shard: ShardRef,
  { from, to, firstHour }: NewsQuery & { readonly firstHour: Hour },
  found: Map<Hour, StoredBundle[]>,
): Promise<void> {
  const rolled = (await stores.progress.rolledThrough(shard)) ?? hourPlus(firstHour, -1);
  const marks = await stores.journal.marks(shard);
  const latest = Math.min(to - 1, latestHour(stores.clock));
  for (let hour = hourPlus(Math.max(rolled, from - 1) as Hour, 1); hour <= latest; hour = hourPlus(hour, 1)) {
    keep(found, hour, await bundlesOf(stores.journal, { ...shard, hour }));
  }
  const read = new Set<string>();
  for (const { hour, digest } of marks.flatMap(({ bundles }) => bundles)) {
    if (hour < from || hour >= to || hour > rolled || read.has(`${hour}/${digest}`)) continue;
    read.add(`${hour}/${digest}`);
    const bundle = await stores.journal.bundle({ ...shard, hour }, digest);
    if (bundle !== undefined) keep(found, hour, [bundle]);
  }
}

function keep(found: Map<Hour, StoredBundle[]>, hour: Hour, bundles: readonly StoredBundle[]): void {
  if (bundles.length === 0) return;
  const kept = found.get(hour) ?? [];
  kept.push(...bundles);
  found.set(hour, kept);
}

/** The rows of bundles by customer and hour, of one customer where it is named. */
export function groupedNews(found: ReadonlyMap<Hour, readonly StoredBundle[]>, customer?: CustomerId): News {
  const news = new Map<CustomerId, Map<Hour, Selection>>();
  for (const [hour, bundles] of [...found].sort(([a], [b]) => a - b)) {
    for (const [id, rows] of byCustomer(mergeAll(bundles).rows)) {
      if (customer !== undefined && id !== customer) continue;
      const hours = news.get(id) ?? new Map<Hour, Selection>();
      news.set(id, hours.set(hour, rows));
    }
  }
  return news;
}

/** Folds one customer's news against its statements, hour by hour: what a roll would append now. */
export async function foldNews(
  log: StatementLog,
  customer: CustomerRef,
  { hours, statements }: { readonly hours: ReadonlyMap<Hour, Selection>; readonly statements: readonly Statement[] },
): Promise<ReadonlyMap<Hour, HourFold>> {
  const folds = new Map<Hour, HourFold>();
  for (const [hour, rows] of hours) {
    const near = statements.filter((statement) => Math.abs(statement.hour - hour) <= 1);
    const { named, known } = await knownRows(log, customer, { near, hour, rows });
    const before = folds.get(hourPlus(hour, -1));
    folds.set(hour, foldHour(rows, named, before === undefined ? known : [...known, knownOf(before.events)]));
  }
  return folds;
}

function knownOf({ from, row }: Selection): KnownRows {
  return { bundle: from, row };
}
