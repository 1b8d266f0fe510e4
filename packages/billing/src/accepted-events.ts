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
import type { CustomerId, MerchantId } from "@farthing/money";

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
  const places = await placesOf(stores, merchant, range);
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

/** Counts accepted events by customer, from the rows of bundles that decode. */
export async function countAcceptedByCustomer(
  stores: AcceptedStores,
  merchant: MerchantId,
  range: HourRange,
): Promise<ReadonlyMap<CustomerId, number>> {
  const accepted = new Map<CustomerId, number>();
  await inParallel(shardHoursAtOnce, await placesOf(stores, merchant, range), async (at) => {
    for (const { bundle } of decodeAll(await bundlesOf(stores.journal, at)).decoded) {
      for (let row = 0; row < bundle.count; row++) {
        const customer = bundle.customers[bundle.customerIndex[row] ?? 0];
        if (customer === undefined || bundle.kind(row) === "void") continue;
        accepted.set(customer, (accepted.get(customer) ?? 0) + 1);
      }
    }
  });
  return accepted;
}

async function placesOf(stores: AcceptedStores, merchant: MerchantId, range: HourRange): Promise<ShardHour[]> {
  const places: ShardHour[] = [];
  for (const { shard } of shardsEver(await stores.plans.shardPlan(merchant, { fresh: true }))) {
    for (let hour = range.from; hour < range.to; hour = hourPlus(hour, 1)) places.push({ merchant, shard, hour });
  }
  return places;
}
