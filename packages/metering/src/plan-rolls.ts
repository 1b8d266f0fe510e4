import type { Clock, MerchantId } from "@farthing/money";
import type { RollQueue, RollReason, ShardPlans } from "./journal.ts";
import { type ShardRef, shardsEver } from "./shard.ts";
import { rollClosedHours, rollMarked, type ShardRollStores, sweepShard } from "./shard-roll.ts";

/** What planning rolls needs. */
export interface RollPlanning {
  readonly plans: ShardPlans;
  readonly queue: RollQueue;
  readonly clock: Clock;
}

/** Asks for a roll of every shard: a message each, which finds for itself what there is to do. */
export async function planRolls({ plans, queue }: RollPlanning, reason: RollReason): Promise<void> {
  let after: MerchantId | undefined;
  do {
    const page = await plans.merchants(after);
    for (const merchant of page.merchants) {
      for (const { shard } of shardsEver(await plans.shardPlan(merchant)))
        await queue.askForRoll({ merchant, shard }, reason);
    }
    after = page.next;
  } while (after !== undefined);
}

/**
 * Does what a message asks of a shard. "hours" rolls the hours that closed; "marks" rolls marked bundles; "sweep" marks what
 * no writer marked, and rolls marked bundles too, which finds those that nothing woke a roll for.
 */
export async function rollShard(
  stores: ShardRollStores,
  { shard, reason }: { shard: ShardRef; reason: RollReason },
): Promise<void> {
  if (reason === "hours") return await rollClosedHours(stores, shard);
  if (reason === "sweep") await sweepShard(stores, shard);
  await rollMarked(stores, shard);
}

/** How far late rolls of one shard are apart, at least. Units: milliseconds. */
export const lateRollEveryMs = 10 * 60_000;

/**
 * Asks for one late roll of a shard at the end of the current ten minutes, however many marks arrive in them.
 *
 * Source: the protocol's rule 2 (docs/metering.md).
 */
async function wakeLateRoll({ queue, clock }: Omit<RollPlanning, "plans">, shard: ShardRef): Promise<void> {
  const now = clock.now();
  const window = Math.floor(now / lateRollEveryMs);
  const end = (window + 1) * lateRollEveryMs;
  if (!(await queue.claimWake(shard, window, end))) return;
  await queue.askForRoll(shard, "marks", Math.ceil((end - now) / 1000));
}

/** Asks for the late rolls of shards, each once. */
export async function wakeLateRolls(stores: Omit<RollPlanning, "plans">, shards: readonly ShardRef[]): Promise<void> {
  const once = new Map(shards.map((shard) => [`${shard.merchant}#${shard.shard}`, shard]));
  for (const shard of once.values()) await wakeLateRoll(stores, shard);
}
