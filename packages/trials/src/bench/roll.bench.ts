import { acceptEvents, rollClosedHours } from "@farthing/metering";
import { cpuSeconds, print } from "./measure.ts";
import { memoryMerchant, merchant } from "./memory-merchant.ts";
import { batches, workload } from "./workload.ts";

/** What rolling an hour costs: read, fold by identity, meter, hash and write statements; beside adding up the parsed events. */
export async function benchRoll({
  events,
  customers,
}: {
  readonly events: number;
  readonly customers: number;
}): Promise<void> {
  let now = Date.UTC(2026, 10, 22, 10, 30);
  const { ingest, rolls } = await memoryMerchant({ now: () => now });
  const bodies: string[] = [];
  for (const batch of batches(workload({ events, customers, hourStartMs: Date.UTC(2026, 10, 22, 10) }), 500)) {
    const text = JSON.stringify({ events: batch });
    if (bodies.length < 200) bodies.push(text);
    const request = { merchant, text, kind: "json", backfill: true, receivedAt: now } as const;
    const answer = await acceptEvents({ ...ingest, clock: { now: () => Date.UTC(2026, 10, 22, 10, 59) } }, request);
    if (!answer.ok) throw new Error("the bench's events were refused");
  }
  now = Date.UTC(2026, 10, 22, 11, 0, 30);
  const roll = await cpuSeconds(() => rollClosedHours(rolls, { merchant, shard: 0 }));
  const plain = await cpuSeconds(() => addUp(bodies));
  print({
    measure: `roll of one shard-hour of ${customers} customers, over memory`,
    unit: "events/s of CPU",
    value: Math.round(events / roll),
    baseline: { what: "JSON.parse and one addition an event", value: Math.round((bodies.length * 500) / plain) },
    bound: "at least 200,000 on one core",
    events,
    customers,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  });
}

function addUp(bodies: readonly string[]): void {
  const sums = new Map<string, number>();
  for (const text of bodies) {
    const { events } = JSON.parse(text) as { readonly events: readonly { customer: string; data: { qty: number } }[] };
    for (const { customer, data } of events) sums.set(customer, (sums.get(customer) ?? 0) + data.qty);
  }
}
