import { readBody } from "../event-body.ts";
import { parseEvents } from "../parse-events.ts";
import { byCustomer } from "../selection.ts";
import { benchFacts } from "./arbitrary-facts.ts";
import type { Bundle } from "./bundle.ts";
import { decodeBundle, decodeRows, encodeBundle, packPages } from "./index.ts";
import { type MergedRows, RowMerger } from "./row-merger.ts";

/**
 * Prints what parsing, packing, reading and packing again cost, a JSON line a measure, each beside the engine's own `JSON.parse`
 * of the same events in the same run: `node packages/metering/src/codec/codec.bench.ts`.
 *
 * Units: microseconds of processor time an event, the best of some runs; bytes an event.
 */
const perBundle = 500;
const bundles = 200;
const events = perBundle * bundles;

function measure(run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 8; i++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / events);
  }
  return best;
}

function bundleIn(blob: Uint8Array): Bundle {
  const decoded = decodeBundle(blob);
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}

function bodyOf(facts: ReturnType<typeof benchFacts>): string {
  const rows = facts.flatMap((fact) => (fact.kind === "event" ? [fact] : []));
  return JSON.stringify(
    rows.map(({ id, customer, type, time, data }) => ({
      id,
      customer,
      type,
      time: new Date(time).toISOString(),
      data,
    })),
  );
}

/** All bundles as one set of columns. */
function merge(packed: readonly ReturnType<typeof encodeBundle>[]): MergedRows {
  const merger = new RowMerger(events);
  packed.forEach(({ blob, digest }, receivedAt) => {
    const rows = decodeRows(blob);
    if (!rows.ok) throw new Error(rows.error.code);
    merger.append(rows.value, { digest, receivedAt });
  });
  return merger.merged();
}

function canonical(bundle: Bundle): void {
  for (let row = 0; row < bundle.count; row++) bundle.canonicalEvent(row);
}

function each<T>(list: readonly T[], run: (item: T) => unknown): () => void {
  return () => {
    for (const item of list) run(item);
  };
}

function bench(customers: number): void {
  const batches = Array.from({ length: bundles }, (_, i) =>
    benchFacts({ count: perBundle, customers, from: i * perBundle }),
  );
  const bodies = batches.map(bodyOf);
  const now = batches.at(-1)?.at(-1)?.time ?? 0;
  const packed = batches.map((batch) => encodeBundle(batch));
  const read = packed.map(({ blob }) => bundleIn(blob));
  const chosen = [...byCustomer(merge(packed)).values()];
  const baseline = measure(each(bodies, (body) => JSON.parse(body)));
  const print = (name: string, run: () => void) => {
    const micros = measure(run);
    const ratio = (micros / baseline).toFixed(2);
    console.log(JSON.stringify({ name, customers, micros: micros.toFixed(3), jsonParse: baseline.toFixed(3), ratio }));
  };
  const options = { kind: "json", receivedAt: now, now, backfill: false } as const;
  print(
    "read body",
    each(bodies, (body) => readBody(body, options.kind)),
  );
  print(
    "parse events",
    each(bodies, (body) => parseEvents(body, options)),
  );
  print("encode", each(batches, encodeBundle));
  print(
    "decode",
    each(packed, ({ blob }) => bundleIn(blob)),
  );
  print("decode and merge", () => merge(packed));
  print("canonical", each(read, canonical));
  print(
    "pages",
    each(chosen, (selection) => packPages(selection, { maxBytes: 380_000 })),
  );
  const bytes = packed.reduce((sum, { blob }) => sum + blob.length, 0) / events;
  const pages = chosen.flatMap((selection) => packPages(selection, { maxBytes: 380_000 }));
  const pageBytes = pages.reduce((sum, { blob }) => sum + blob.length, 0) / events;
  console.log(JSON.stringify({ name: "bytes", customers, bundle: bytes.toFixed(2), page: pageBytes.toFixed(2) }));
}

for (const customers of [1, 50, 500]) bench(customers);
