import { execFile } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { promisify } from "node:util";
import { acceptEvents } from "@farthing/metering";
import { recordOf } from "./bundle-file.ts";
import { leastCpuSeconds, print } from "./measure.ts";
import { memoryMerchant, merchant } from "./memory-merchant.ts";
import type { RolledHour } from "./roll-process.ts";
import { batches, type WorkloadEvent, withRepeats, workload } from "./workload.ts";

const hourStartMs = Date.UTC(2026, 10, 22, 10);
const receivedAt = hourStartMs + 59 * 60_000;
const perRequest = 500;
/** The best counts, of both sides: others use the machine as well. */
const attempts = 3;
/** One in twenty events is a repeat. */
const repeatEvery = 20;

/** How much there is to roll. */
export interface RollSize {
  readonly events: number;
  readonly customers: number;
}

/**
 * What rolling an hour costs, repeats among its events: read, decode, fold by identity, meter, hash and write statements; beside
 * parsing the same events' JSON and adding them up. A process of its own rolls, and reads its bundles from a file page by page,
 * so that its peak memory is that of the roll and of nothing else.
 */
export async function benchRoll(size: RollSize): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "farthing-bench-"));
  try {
    const file = join(folder, "bundles");
    const sample = await writeBundles(file, size);
    const parse = await leastCpuSeconds(attempts, () => addUp(sample));
    const program = new URL("./roll-process.ts", import.meta.url).pathname;
    const rolls: RolledHour[] = [];
    for (let time = 0; time < attempts; time++) {
      const { stdout } = await promisify(execFile)(process.execPath, [program, file, String(hourStartMs)]);
      rolls.push(JSON.parse(stdout) as RolledHour);
    }
    const [best] = rolls.toSorted((a, b) => a.cpuSeconds - b.cpuSeconds);
    if (best === undefined) throw new Error("nothing was rolled");
    const peakBytes = Math.max(...rolls.map((roll) => roll.peakBytes));
    report(size, { ...best, peakBytes }, (sample.length * perRequest) / parse);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function report({ events, customers }: RollSize, rolled: RolledHour, baseline: number): void {
  if (rolled.events + rolled.duplicates !== events) throw new Error("the roll lost events");
  print({
    measure: `roll and dedupe one shard-hour of ${customers} customer${customers === 1 ? "" : "s"}`,
    unit: "events/s of CPU",
    value: Math.round(events / rolled.cpuSeconds),
    baseline: { what: "JSON.parse and one addition an event", value: Math.round(baseline) },
    bound: "at least 250,000 on one core, at most 1,200 MB",
    events,
    duplicates: rolled.duplicates,
    statements: rolled.statements,
    peakMemoryMb: Math.round(rolled.peakBytes / 1e6),
    memoryCounted: "the whole process that rolls; bundles come from a file, statements are counted and dropped",
  });
}

/** Takes the events in as the API does, with a journal that appends to a file; answers the first bodies. */
async function writeBundles(file: string, { events, customers }: RollSize): Promise<readonly string[]> {
  const { ingest } = await memoryMerchant({ now: () => receivedAt });
  const out = createWriteStream(file);
  const journal: typeof ingest.journal = Object.assign(Object.create(ingest.journal), {
    putBundle: async (_: unknown, bundle: Parameters<typeof ingest.journal.putBundle>[1]) => {
      if (!out.write(recordOf(bundle))) await once(out, "drain");
    },
  });
  const sample: string[] = [];
  for (const batch of batches(withRepeats(workload({ events, customers, hourStartMs }), repeatEvery), perRequest)) {
    const text = JSON.stringify({ events: batch });
    if (sample.length < 200) sample.push(text);
    const answer = await acceptEvents(
      { ...ingest, journal },
      { merchant, text, kind: "json", backfill: true, receivedAt },
    );
    if (!answer.ok || answer.value.accepted !== batch.length) throw new Error("the bench's events were refused");
  }
  out.end();
  await finished(out);
  return sample;
}

function addUp(bodies: readonly string[]): void {
  const sums = new Map<string, number>();
  for (const text of bodies) {
    const { events } = JSON.parse(text) as { readonly events: readonly WorkloadEvent[] };
    for (const { customer, data } of events) sums.set(customer, (sums.get(customer) ?? 0) + data.qty);
  }
}
