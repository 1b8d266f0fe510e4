import type { CustomerId, MerchantId } from "@farthing/money";
import { type Hour, hourOf, hourPlus } from "./hour.ts";

/** One of a merchant's streams of bundles, each rolled by itself. */
export interface ShardRef {
  readonly merchant: MerchantId;
  readonly shard: number;
}

/** A shard in one hour of event time: what one roll reads. */
export interface ShardHour extends ShardRef {
  readonly hour: Hour;
}

/** How many shards a merchant has from an hour on. */
export interface ShardStep {
  readonly from: Hour;
  readonly count: number;
}

/** A merchant's shard counts, by rising hour; the first step also holds for all hours before it. */
export interface ShardPlan {
  readonly steps: readonly [ShardStep, ...ShardStep[]];
}

/** How many shards a merchant may have. */
export const maxShards = 64;

/** The plan of a merchant that begins now, with one shard. */
export function firstShardPlan(nowMs: number): ShardPlan {
  return { steps: [{ from: hourOf(nowMs), count: 1 }] };
}

/** How many shards an hour has. */
export function shardsAt(plan: ShardPlan, hour: Hour): number {
  let count = plan.steps[0].count;
  for (const step of plan.steps) if (step.from <= hour) count = step.count;
  return count;
}

/**
 * Adds a step to the plan. It takes effect at the second hour boundary from now, so that every writer, which keeps a plan
 * for five minutes at most, knows it by then.
 *
 * Source: the protocol's rule 6 (docs/metering.md).
 */
export function growShards(plan: ShardPlan, count: number, nowMs: number): ShardPlan {
  const from = hourPlus(hourOf(nowMs), 2);
  const [first, ...rest] = plan.steps;
  return { steps: [first, ...rest.filter((step) => step.from < from), { from, count }] };
}

/** Every shard that the merchant ever had, with the first hour in which it can hold a bundle on time. */
export function shardsEver(plan: ShardPlan): readonly { readonly shard: number; readonly firstHour: Hour }[] {
  const shards: { shard: number; firstHour: Hour }[] = [];
  for (const { from, count } of plan.steps)
    while (shards.length < count) shards.push({ shard: shards.length, firstHour: from });
  return shards;
}

/** The shard of a customer among `count`. Source: FNV-1a 32, finished as in MurmurHash3. */
export function shardOf(customer: CustomerId, count: number): number {
  if (count === 1) return 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < customer.length; i++) hash = Math.imul(hash ^ customer.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % count;
}
