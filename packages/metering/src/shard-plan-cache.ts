import type { Clock, MerchantId } from "@farthing/money";
import { hourMs } from "./hour.ts";
import type { ShardPlans } from "./journal.ts";
import type { ShardPlan } from "./shard.ts";

/**
 * How long a writer may keep a shard plan. A change takes effect an hour later at the least.
 *
 * Units: milliseconds.
 */
export const shardPlanKeptMs = hourMs / 12;

/** Shard plans that answer from what they read at most five minutes ago, unless asked for a fresh answer. */
export function cachedShardPlans(store: ShardPlans, clock: Clock): ShardPlans {
  const kept = new Map<MerchantId, { readonly plan: ShardPlan; readonly readAt: number }>();
  const read = async (merchant: MerchantId): Promise<ShardPlan> => {
    const readAt = clock.now();
    const plan = await store.shardPlan(merchant, { fresh: true });
    kept.set(merchant, { plan, readAt });
    return plan;
  };
  return {
    async shardPlan(merchant, how) {
      const known = kept.get(merchant);
      const old = known === undefined || clock.now() - known.readAt >= shardPlanKeptMs || clock.now() < known.readAt;
      return old || how?.fresh === true ? read(merchant) : known.plan;
    },
    startShardPlan: (merchant, plan) => store.startShardPlan(merchant, plan),
    changeShardPlan: (merchant, from, to) => {
      kept.delete(merchant);
      return store.changeShardPlan(merchant, from, to);
    },
    merchants: (after) => store.merchants(after),
  };
}
