import { acceptEvents, type IngestStores, practise, sharedBundles, sharedMarks } from "@farthing/metering";
import { dynamoJournal } from "@farthing/metering/dynamo";
import { countedDynamo } from "./dynamo-merchant.ts";
import { leastCpuSeconds, print, round } from "./measure.ts";
import { memoryMerchant, merchant } from "./memory-merchant.ts";
import { batches, workload } from "./workload.ts";

const events = 100_000;
const perRequest = 500;
const atOnce = 4;
const hourStartMs = Date.UTC(2026, 10, 22, 10);
/** An hour later, so that each event is late: its request needs a bundle and a mark. */
const now = hourStartMs + 2 * 3_600_000;

/**
 * What taking events in costs the handler's process, its store calls included: DynamoDB Local runs beside it and is not counted.
 */
export async function benchHandler(): Promise<void> {
  const dynamo = await countedDynamo();
  try {
    const journal = dynamoJournal(dynamo.table("journal"));
    const { ingest } = await memoryMerchant({ now: () => now });
    const stores: IngestStores = { ...ingest, journal: sharedMarks(journal), shared: sharedBundles(journal) };
    const stream = workload({ events, customers: 1_000, hourStartMs });
    const bodies = [...batches(stream, perRequest)].map((batch) => Buffer.from(JSON.stringify({ events: batch })));
    await practise(stores);
    const ours = await leastCpuSeconds(6, () => takeIn(stores, bodies));
    const parse = await leastCpuSeconds(6, () => {
      for (const body of bodies) JSON.parse(body.toString());
    });
    print({
      measure: "ingest handler CPU, its store calls included: each event late, 4 requests at once",
      unit: "s per million events",
      value: round((ours / events) * 1e6),
      baseline: { what: "JSON.parse of the same body", value: round((parse / events) * 1e6) },
      bound: "at most 4 where JSON.parse takes 0.44",
    });
  } finally {
    await dynamo.stop();
  }
}

async function takeIn(stores: IngestStores, bodies: readonly Buffer[]): Promise<void> {
  for (let first = 0; first < bodies.length; first += atOnce)
    await Promise.all(
      bodies.slice(first, first + atOnce).map(async (body) => {
        const request = { merchant, kind: "json", backfill: false, receivedAt: now } as const;
        const answer = await acceptEvents(stores, { ...request, text: body.toString() });
        if (!answer.ok || answer.value.accepted !== perRequest) throw new Error("the bench's events were refused");
      }),
    );
}
