import { setImmediate as nextTurn } from "node:timers/promises";
import { customerId, merchantId } from "@farthing/money";
import { acceptEvents, type IngestStores } from "./accept-events.ts";
import { noMeters } from "./meter.ts";
import { firstShardPlan } from "./shard.ts";
import { sharedBundles } from "./shared-writes.ts";

/** As many as the engine needs until it has compiled all of the way once and for all, and as large as requests under load. */
const requests = 120;
const eventsEach = 500;

const merchant = merchantId("mer_practice");
const nobody = customerId("practice");

/** What is read, and the clock; nothing is written. */
export type PractiseStores = Pick<IngestStores, "plans" | "meters" | "customers" | "clock">;

/**
 * Takes made-up requests of a merchant that is none, so that the engine has compiled what an event goes through and the
 * store's client is connected before the first request comes. Nothing is written, and a read that fails is no matter.
 *
 * Gives the event loop back after each, so that a real request waits for one of them at most. Tells how many events it took.
 */
export async function practise({ plans, meters, customers, clock }: PractiseStores): Promise<number> {
  const journal = { putBundle: async () => {}, putMark: async () => {} };
  const stores: IngestStores = {
    journal,
    shared: sharedBundles(journal),
    plans: { shardPlan: async () => firstShardPlan(clock.now()) },
    meters: { currentMeters: async () => noMeters },
    customers: { knownCustomers: async (_, named) => new Set(named) },
    rejections: { noteRejected: async () => {} },
    clock,
  };
  const read = [
    plans.shardPlan(merchant),
    meters.currentMeters(merchant),
    customers.knownCustomers(merchant, [nobody]),
  ];
  await Promise.allSettled(read);
  let taken = 0;
  for (let request = 0; request < requests; request++) {
    const receivedAt = clock.now();
    const text = JSON.stringify({ events: madeUp(request, receivedAt) });
    const answer = await acceptEvents(stores, { merchant, text, kind: "json", backfill: false, receivedAt });
    if (answer.ok) taken += answer.value.accepted;
    await nextTurn();
  }
  return taken;
}

/** Events of several shapes, in the order that the API's document gives their members in. */
function madeUp(request: number, now: number): readonly object[] {
  return Array.from({ length: eventsEach }, (_, i) => ({
    id: `practice-${request}-${i}`,
    type: i % 3 === 0 ? "api_calls" : "tokens",
    customer: `customer_${(i * 7) % 200}`,
    time: new Date(now - (eventsEach - i) * 11).toISOString(),
    data: dataOf(request * eventsEach + i),
  }));
}

function dataOf(n: number): object {
  if (n % 3 === 0) return { amount: n % 97, region: `region-${n % 5}`, model: "a" };
  if (n % 3 === 1) return { tokens: n, cached: n % 2 === 0, price: (n % 1000) / 100, tags: ["a", "b"] };
  return { seconds: String(n / 8), path: `/articles/${n % 300}`, by: { plan: "free" } };
}
