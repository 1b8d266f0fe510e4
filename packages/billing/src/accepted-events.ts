import {
  bundlesOf,
  decodeAll,
  type Hour,
  hourPlus,
  inParallel,
  type Journal,
  type RollProgress,
  type ShardHour,
  type ShardPlans,
  shardsEver,
} from "@farthing/metering";
import type { MerchantId } from "@farthing/money";

/** What counting accepted events reads. */
export interface AcceptedStores {
  readonly journal: Journal;
  readonly progress: RollProgress;
  readonly plans: ShardPlans;
}

/** A stretch of whole hours, `from ≤ hour < to`. */
export interface HourRange {
  readonly from: Hour;
  readonly to: Hour;
}

/** Events as the bundles count them; `quarantined` are those of bundles that do not decode. */
export interface AcceptedEvents {
  readonly accepted: number;
  readonly quarantined: number;
}

const shardHoursAtOnce = 16;

/** Counts accepted events from the bundles themselves, whatever rolls recorded. */
export async function countAccepted(
  stores: AcceptedStores,
  merchant: MerchantId,
  range: HourRange,
): Promise<AcceptedEvents> {
  const shards = shardsEver(await stores.plans.shardPlan(merchant, { fresh: true }));
  const places: ShardHour[] = [];
  for (const { shard } of shards) {
    for (let hour = range.from; hour < range.to; hour = hourPlus(hour, 1)) places.push({ merchant, shard, hour });
  }
  let [accepted, quarantined] = [0, 0];
  await inParallel(shardHoursAtOnce, places, async (at) => {
    const bundles = await bundlesOf(stores.journal, at);
    if (bundles.length === 0) return;
    const rolled = new Set((await stores.progress.rollRecord(at)).digests);
    const broken = new Set(decodeAll(bundles.filter(({ digest }) => !rolled.has(digest))).quarantined);
    for (const { digest, events } of bundles) {
      accepted += events;
      if (broken.has(digest)) quarantined += events;
    }
  });
  return { accepted, quarantined };
}
