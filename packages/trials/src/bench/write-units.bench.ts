import { acceptEvents } from "@farthing/metering";
import { countedDynamo } from "./dynamo-merchant.ts";
import { print, round } from "./measure.ts";
import { memoryMerchant, merchant } from "./memory-merchant.ts";
import { batches, workload } from "./workload.ts";

const events = 20_000;
const bounds = new Map([
  [1, 26],
  [50, 30],
  [500, 34],
]);

/** Write units that bundles take, as DynamoDB Local counts them, beside an item an event of the same content. */
export async function benchWriteUnits(): Promise<void> {
  const hourStartMs = Date.UTC(2026, 10, 22, 10);
  const now = hourStartMs + 3_590_000;
  const { counted, journal, stop } = await countedDynamo();
  try {
    for (const [customers, bound] of bounds) {
      const { ingest } = await memoryMerchant({ now: () => now });
      counted.units = 0;
      let items = 0;
      for (const batch of batches(workload({ events, customers, hourStartMs, seed: customers }), 500)) {
        const text = JSON.stringify({ events: batch });
        const request = { merchant, text, kind: "json", backfill: false, receivedAt: now } as const;
        await acceptEvents({ ...ingest, journal }, request);
        for (const event of batch) items += Math.ceil(JSON.stringify(event).length / 1024);
      }
      print({
        measure: `bundles: ${customers} customers in batches of 500, one shard`,
        unit: "write units per 1,000 events",
        value: round((counted.units / events) * 1000),
        baseline: { what: "an item an event", value: round((items / events) * 1000) },
        bound: `at most ${bound}`,
      });
    }
  } finally {
    await stop();
  }
}
