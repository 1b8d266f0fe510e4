import { type Clock, type MerchantId, ok, type Result } from "@farthing/money";
import { hourOf, hourStart } from "./hour.ts";
import type { ShardPlans } from "./journal.ts";
import { growShards, type ShardPlan, shardsAt } from "./shard.ts";

/** What the use cases of shard counts need. */
export interface ShardingStores {
  readonly plans: ShardPlans;
  readonly clock: Clock;
}

/** How many shards a merchant has now, and where that changes, how many from which hour on. */
export interface ShardsDocument {
  readonly count: number;
  readonly next?: { readonly count: number; readonly from: string };
}

const attempts = 20;

/**
 * Sets how many shards a merchant has, from the second hour boundary on. The count that holds or is set already changes
 * nothing, so that a repeat does not put the hour off. More or fewer: old hours keep the shards that they had.
 *
 * Source: the protocol's rule 6 (docs/metering.md).
 */
export async function putShards(
  { plans, clock }: ShardingStores,
  { merchant, count }: { readonly merchant: MerchantId; readonly count: number },
): Promise<Result<ShardsDocument, never>> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const now = clock.now();
    const plan = await plans.shardPlan(merchant, { fresh: true });
    if (plan.steps.at(-1)?.count === count) return ok(shardsDocument(plan, now));
    const grown = growShards(plan, count, now);
    if ((await plans.changeShardPlan(merchant, plan, grown)) === "changed") return ok(shardsDocument(grown, now));
  }
  throw new Error("a merchant's shard plan changes all the time");
}

/** Shows how many shards a merchant has. */
export async function getShards(
  { plans, clock }: ShardingStores,
  { merchant }: { readonly merchant: MerchantId },
): Promise<Result<ShardsDocument, never>> {
  return ok(shardsDocument(await plans.shardPlan(merchant, { fresh: true }), clock.now()));
}

function shardsDocument(plan: ShardPlan, now: number): ShardsDocument {
  const hour = hourOf(now);
  const count = shardsAt(plan, hour);
  const next = plan.steps.find(({ from }) => from > hour);
  if (next === undefined) return { count };
  return { count, next: { count: next.count, from: new Date(hourStart(next.from)).toISOString() } };
}
