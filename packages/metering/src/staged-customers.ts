import type { CustomerId } from "@farthing/money";
import type { BackfillRef } from "./backfill.ts";
import type { Selection } from "./codec/bundle.ts";
import type { Hour } from "./hour.ts";
import type { News } from "./news.ts";
import { type ShardPlan, shardOf, shardsEver } from "./shard.ts";
import { type StagedStores, stagedRows } from "./staged-rows.ts";

/** A customer of a backfill: its staged rows by hour, once for each shard that holds any. */
export interface StagedCustomer {
  readonly customer: CustomerId;
  readonly rows: readonly ReadonlyMap<Hour, Selection>[];
}

/**
 * The customers of a backfill, page by page, in order of (first shard that holds rows of it, id): each page reads one shard,
 * or those few over which it spreads, and of a merchant that grew the shards that its customers had before.
 */
export async function stagedCustomers(
  stores: StagedStores,
  of: BackfillRef,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ readonly customers: readonly StagedCustomer[]; readonly next?: string }> {
  const plan = await stores.plans.shardPlan(of.merchant, { fresh: true });
  const shards = new StagedShards(stores, of, plan);
  const chosen = await choose(shards, plan, { limit: limit + 1, from: parsePlace(after ?? "0#") });
  const customers: StagedCustomer[] = [];
  for (const { customer } of chosen.slice(0, limit)) customers.push({ customer, rows: await shards.rowsOf(customer) });
  const last = chosen[limit - 1];
  const more = chosen.length > limit && last !== undefined;
  return more ? { customers, next: `${last.shard}#${last.customer}` } : { customers };
}

interface Place {
  readonly shard: number;
  readonly customer: CustomerId;
}

function parsePlace(text: string): { readonly shard: number; readonly customer: string } {
  const end = text.indexOf("#");
  return { shard: Number(text.slice(0, end)), customer: text.slice(end + 1) };
}

async function choose(
  shards: StagedShards,
  plan: ShardPlan,
  { limit, from }: { readonly limit: number; readonly from: ReturnType<typeof parsePlace> },
): Promise<readonly Place[]> {
  const chosen: Place[] = [];
  for (const { shard } of shardsEver(plan)) {
    if (shard < from.shard) continue;
    const rows = await shards.rows(shard);
    for (const customer of [...rows.keys()].sort()) {
      if (chosen.length >= limit) return chosen;
      const isPast = shard === from.shard && customer <= from.customer;
      if (!isPast && (await shards.firstOf(customer)) === shard) chosen.push({ shard, customer });
    }
  }
  return chosen;
}

/** Staged rows, each shard read once. */
class StagedShards {
  readonly #stores: StagedStores;
  readonly #of: BackfillRef;
  readonly #plan: ShardPlan;
  readonly #read = new Map<number, News>();

  constructor(stores: StagedStores, of: BackfillRef, plan: ShardPlan) {
    this.#stores = stores;
    this.#of = of;
    this.#plan = plan;
  }

  async rows(shard: number): Promise<News> {
    const known = this.#read.get(shard) ?? (await stagedRows(this.#stores, this.#of, shard));
    this.#read.set(shard, known);
    return known;
  }

  /** The lowest shard that holds rows of a customer. */
  async firstOf(customer: CustomerId): Promise<number | undefined> {
    for (const shard of this.#shardsOf(customer)) if ((await this.rows(shard)).has(customer)) return shard;
    return undefined;
  }

  async rowsOf(customer: CustomerId): Promise<StagedCustomer["rows"]> {
    const all: ReadonlyMap<Hour, Selection>[] = [];
    for (const shard of this.#shardsOf(customer)) {
      const rows = (await this.rows(shard)).get(customer);
      if (rows !== undefined) all.push(rows);
    }
    return all;
  }

  #shardsOf(customer: CustomerId): readonly number[] {
    const shards = this.#plan.steps.map(({ count }) => shardOf(customer, count));
    return [...new Set(shards)].sort((a, b) => a - b);
  }
}
