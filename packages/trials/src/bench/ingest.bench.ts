import { acceptEvents } from "@farthing/metering";
import { leastCpuSeconds, print, round } from "./measure.ts";
import { memoryMerchant, merchant } from "./memory-merchant.ts";
import { batches, workload } from "./workload.ts";

const events = 100_000;
const perRequest = 500;

/** What taking events in costs, store apart, beside the engine's own `JSON.parse` of the same bodies. */
export async function benchIngest(): Promise<void> {
  const now = Date.UTC(2026, 10, 22, 10, 59, 50);
  const { ingest } = await memoryMerchant({ now: () => now });
  const stream = workload({ events, customers: 1_000, hourStartMs: Date.UTC(2026, 10, 22, 10) });
  const bodies = [...batches(stream, perRequest)].map((batch) => JSON.stringify({ events: batch }));
  const journal: typeof ingest.journal = Object.assign(Object.create(ingest.journal), { putBundle: async () => {} });
  const ours = await leastCpuSeconds(6, async () => {
    for (const text of bodies) {
      const request = { merchant, text, kind: "json", backfill: false, receivedAt: now } as const;
      const answer = await acceptEvents({ ...ingest, journal }, request);
      if (!answer.ok || answer.value.accepted !== perRequest) throw new Error("the bench's events were refused");
    }
  });
  const parse = await leastCpuSeconds(6, () => {
    for (const text of bodies) JSON.parse(text);
  });
  print({
    measure: "ingest handler CPU: parse, validate, pack and warn",
    unit: "µs/event",
    value: round((ours / events) * 1e6),
    baseline: { what: "JSON.parse of the same body", value: round((parse / events) * 1e6) },
    bound: "at most 6 times",
  });
}
