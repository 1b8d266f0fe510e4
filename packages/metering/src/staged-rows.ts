import type { CustomerId } from "@farthing/money";
import type { BackfillRef, StagedBundle, StagedCounts, Staging } from "./backfill.ts";
import type { Hour } from "./hour.ts";
import type { ShardPlans, StoredBundle } from "./journal.ts";
import { groupedNews, type News } from "./news.ts";
import { decodeAll } from "./roll.ts";
import { shardsEver } from "./shard.ts";

/** What reading staged bundles needs. */
export interface StagedStores {
  readonly staging: Staging;
  readonly plans: ShardPlans;
}

/** Every shard that can hold staged bundles of a merchant. */
export async function shardsOf(
  { plans }: Pick<StagedStores, "plans">,
  { merchant }: Pick<BackfillRef, "merchant">,
): Promise<readonly number[]> {
  return shardsEver(await plans.shardPlan(merchant, { fresh: true })).map(({ shard }) => shard);
}

/** The staged bundles of a shard, page by page. */
export async function* stagedPages(
  { staging }: Pick<StagedStores, "staging">,
  of: BackfillRef,
  shard: number,
): AsyncIterable<readonly StagedBundle[]> {
  let after: string | undefined;
  do {
    const page = await staging.stagedBundles(of, shard, { after });
    if (page.bundles.length > 0) yield page.bundles;
    after = page.next;
  } while (after !== undefined);
}

/** Counts what is staged, from the bundles themselves. */
export async function countStaged(stores: StagedStores, of: BackfillRef): Promise<StagedCounts> {
  const customers = new Set<CustomerId>();
  let events = 0;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const shard of await shardsOf(stores, of)) {
    for await (const page of stagedPages(stores, of, shard)) {
      for (const { bundle } of page) events += bundle.events;
      for (const { bundle } of decodeAll(page.map((staged) => staged.bundle)).decoded) {
        for (const customer of bundle.customers) customers.add(customer);
        for (const time of bundle.times) [first, last] = [Math.min(first, time), Math.max(last, time)];
      }
    }
  }
  return { events, customers: customers.size, ...(first <= last ? { first, last } : {}) };
}

/** The staged rows of a shard, by customer and hour. */
export async function stagedRows(stores: StagedStores, of: BackfillRef, shard: number): Promise<News> {
  const found = new Map<Hour, StoredBundle[]>();
  for await (const page of stagedPages(stores, of, shard)) {
    for (const { hour, bundle } of page) found.set(hour, [...(found.get(hour) ?? []), bundle]);
  }
  return groupedNews(found);
}
