import {
  firstShardPlan,
  type Hour,
  hourOf,
  type Journal,
  rollClosedHours,
  type ShardRollStores,
  type Statement,
  type StatementLog,
  type StoredBundle,
} from "@farthing/metering";
import {
  memoryCustomerRegister,
  memoryJournal,
  memoryMeterSets,
  memoryRollProgress,
  memoryShardPlans,
  memoryStatementLog,
} from "@farthing/metering/memory";
import { merchant, meters } from "./bench-meters.ts";
import { bundlesIn } from "./bundle-file.ts";
import { cpuSeconds } from "./measure.ts";

/** What a roll of a file of bundles came to. */
export interface RolledHour {
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly events: number;
  readonly duplicates: number;
  readonly statements: number;
}

const [file = "", start = ""] = process.argv.slice(2);
const startMs = Number(start);
const counts = { events: 0, duplicates: 0, statements: 0 };

/** A log that counts what is written to it, and keeps nothing. */
const log: StatementLog = Object.assign(Object.create(memoryStatementLog()) as StatementLog, {
  lastNumber: async () => 0,
  putChunk: async () => {},
  append: async (_: unknown, statement: Statement) => {
    counts.events += statement.counts.events;
    counts.duplicates += statement.counts.duplicates;
    counts.statements++;
    return "appended" as const;
  },
});

const stored = bundlesIn(file);
/** A journal whose one hour with bundles lies in the file. */
const journal: Journal = Object.assign(Object.create(memoryJournal()) as Journal, {
  bundles: async ({ hour }: { readonly hour: Hour }) => {
    const bundles: StoredBundle[] = [];
    if (hour !== hourOf(startMs)) return { bundles };
    for (let bundle = stored.next(); !bundle.done; bundle = stored.next()) {
      bundles.push(bundle.value);
      if (bundles.length === 100) return { bundles, next: bundle.value.digest };
    }
    return { bundles };
  },
});

const stores: ShardRollStores = {
  log,
  journal,
  progress: memoryRollProgress(),
  plans: memoryShardPlans(),
  meters: memoryMeterSets(),
  register: memoryCustomerRegister(),
  clock: { now: () => startMs + 3_630_000 },
};
await stores.plans.startShardPlan(merchant, firstShardPlan(startMs));
await stores.meters.publishMeters(merchant, { revision: 1, meters });
const seconds = await cpuSeconds(() => rollClosedHours(stores, { merchant, shard: 0 }));
const rolled: RolledHour = {
  cpuSeconds: seconds,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  events: counts.events,
  duplicates: counts.duplicates,
  statements: counts.statements,
};
console.log(JSON.stringify(rolled));
