import { rollClosedHours, type StatementLog, type StoredBundle } from "@farthing/metering";
import { bundlesIn } from "./bundle-file.ts";
import { cpuSeconds } from "./measure.ts";
import { memoryMerchant, merchant } from "./memory-merchant.ts";

/** What a roll of a file of bundles came to. */
export interface RolledHour {
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly events: number;
  readonly duplicates: number;
  readonly statements: number;
}

const [file = "", hour = ""] = process.argv.slice(2);
let now = Number(hour);
const { rolls } = await memoryMerchant({ now: () => now });
const counts = { events: 0, duplicates: 0, statements: 0, bytes: 0 };

/** A log that counts what is written to it, and keeps nothing. */
const log: StatementLog = {
  ...rolls.log,
  lastNumber: async () => 0,
  putChunk: async (_customer, _key, _index, blob) => {
    counts.bytes += blob.length;
  },
  append: async (_customer, statement) => {
    counts.events += statement.counts.events;
    counts.duplicates += statement.counts.duplicates;
    counts.statements++;
    return "appended";
  },
};

const stored = bundlesIn(file);
/** A journal whose one hour with bundles lies in the file. */
const journal: typeof rolls.journal = Object.assign(Object.create(rolls.journal), {
  bundles: async (at: { readonly hour: number }) => {
    if (at.hour * 3_600_000 !== Number(hour)) return { bundles: [] };
    const bundles: StoredBundle[] = [];
    for (let bundle = stored.next(); !bundle.done; bundle = stored.next()) {
      bundles.push(bundle.value);
      if (bundles.length === 100) return { bundles, next: bundle.value.digest };
    }
    return { bundles };
  },
});

now += 3_630_000;
const u0 = process.cpuUsage();
const seconds = await cpuSeconds(() => rollClosedHours({ ...rolls, journal, log }, { merchant, shard: 0 }));
console.error(JSON.stringify(process.cpuUsage(u0)));
const rolled: RolledHour = {
  cpuSeconds: seconds,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  events: counts.events,
  duplicates: counts.duplicates,
  statements: counts.statements,
};
console.log(JSON.stringify(rolled));
