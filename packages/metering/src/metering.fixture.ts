import { createHash } from "node:crypto";
import { type CustomerId, customerId, merchantId } from "@farthing/money";
import type { Bundle, Selection } from "./codec/bundle.ts";
import { decodeBundle, encodeBundle } from "./codec/index.ts";
import type { MergedRows } from "./codec/row-merger.ts";
import type { Fact, ParsedEvent, VoidFact } from "./event.ts";
import { hourMs, hourOf } from "./hour.ts";
import type { StoredBundle } from "./journal.ts";
import {
  memoryCustomerRegister,
  memoryJournal,
  memoryMeterSets,
  memoryRejections,
  memoryRollProgress,
  memoryRollQueue,
  memoryShardPlans,
  memoryStatementLog,
} from "./memory.ts";
import type { Meter, MeterSet } from "./meter.ts";
import { pagesOf } from "./pages.ts";
import { mergeAll } from "./roll.ts";
import { firstShardPlan, type ShardPlan } from "./shard.ts";
import type { CustomerRef } from "./statement.ts";
import { storeFacts } from "./store-facts.ts";

export const merchant = merchantId("shop");
export const ann = customerId("ann");
export const bob = customerId("bob");
export const refOf = (customer: CustomerId): CustomerRef => ({ merchant, customer });

/** Ten o'clock on 2 March 2026. */
export const ten = Date.UTC(2026, 2, 2, 10);
export const tenth = hourOf(ten);
export const minute = 60_000;
export { hourMs };

export function event(id: string, time: number, more: Partial<ParsedEvent> = {}): ParsedEvent {
  const data = { bytes: 10, region: "eu" };
  const common = { customer: ann, type: "request", source: undefined, serverTime: false, data };
  return { kind: "event", id, time, ...common, ...more };
}

/** Text that nothing makes shorter. */
export function noise(seed: number, length = 32): string {
  let text = "";
  while (text.length < length) text += createHash("sha512").update(`${seed} ${text.length}`).digest("base64url");
  return text.slice(0, length);
}

export function voiding(id: string, time: number, more: Partial<VoidFact> = {}): VoidFact {
  const common = { customer: ann, source: undefined, serverTime: false, reason: undefined };
  return { kind: "void", id, time, ...common, ...more };
}

const meter = { eventType: "request", groupBy: [], revision: 1, createdAt: 0, updatedAt: 0 };
export const requests: Meter = { ...meter, key: "requests", aggregation: "count" };
export const bytes: Meter = { ...meter, key: "bytes", aggregation: "sum", value: "bytes", groupBy: ["region"] };
export const meters: MeterSet = { revision: 1, meters: [bytes, requests] };

export function stored(facts: readonly Fact[], receivedAt = ten): StoredBundle {
  return { ...encodeBundle(facts), receivedAt };
}

/** The rows of some bundles as a roll reads them. */
export function merged(...bundles: readonly StoredBundle[]): MergedRows {
  return mergeAll(bundles).rows;
}

/** A stored bundle beside what it reads as. */
export function origin(facts: readonly Fact[], receivedAt = ten): StoredBundle & { readonly bundle: Bundle } {
  const bundle = stored(facts, receivedAt);
  return { ...bundle, bundle: decoded(bundle.blob) };
}

/** A bundle whose bytes were damaged after it was stored. */
export function damaged(facts: readonly Fact[], receivedAt = ten): StoredBundle {
  const bundle = stored(facts, receivedAt);
  return { ...bundle, blob: bundle.blob.map((byte, index) => (index === bundle.blob.length >> 1 ? byte ^ 1 : byte)) };
}

function decoded(blob: Uint8Array): Bundle {
  const bundle = decodeBundle(blob);
  if (!bundle.ok) throw new Error(bundle.error.code);
  return bundle.value;
}

/** The facts of chosen rows. */
export function factsOf({ from, row }: Selection): readonly Fact[] {
  return Array.from(row, (at) => from.fact(at));
}

/** What makes events copies of each other. */
export function identityOf({ customer, source, id }: Fact): string {
  return JSON.stringify([customer, source ?? null, id]);
}

/** A merchant in memory with two meters, whose clock a test moves. */
export async function meteringWorld(plan: ShardPlan = firstShardPlan(ten)) {
  let now = ten;
  const stores = {
    log: memoryStatementLog(),
    register: memoryCustomerRegister(),
    journal: memoryJournal({ bundlesPerPage: 2 }),
    progress: memoryRollProgress(),
    plans: memoryShardPlans(),
    meters: memoryMeterSets(),
    rejections: memoryRejections(),
    queue: memoryRollQueue(),
    clock: { now: () => now },
  };
  await stores.plans.startShardPlan(merchant, plan);
  await stores.meters.publishMeters(merchant, meters);
  return {
    ...stores,
    shard: { merchant, shard: 0 },
    at(time: number) {
      now = time;
    },
    /** Stores facts as a request does that arrives now. */
    async send(...facts: Fact[]) {
      const sent = await storeFacts(stores, { merchant, facts, receivedAt: now });
      if (!sent.ok) throw new Error(sent.error.code);
    },
    async *customersOf() {
      for (const { customer } of stores.register.noted) yield customer;
    },
  };
}

export type MeteringWorld = Awaited<ReturnType<typeof meteringWorld>>;

/** What a customer's log holds: of each entry its hour, after 10 o'clock, and the ids of its rows by their part. */
export async function logOf({ log }: Pick<MeteringWorld, "log">, customer = ann) {
  const ref = refOf(customer);
  const entries = await log.entriesFrom(ref, 1);
  return await Promise.all(
    entries.map(async (statement) => {
      const ids = (await pagesOf(log, ref, statement)).flatMap((page) =>
        Array.from({ length: page.count }, (_, row) => page.id(row)),
      );
      const { events, voids, duplicates, conflicts } = statement.counts;
      const parts = { events, voids, duplicates, conflicts };
      let from = 0;
      const named = Object.entries(parts).flatMap(([part, count]) => {
        const own = ids.slice(from, from + count);
        from += count;
        return own.length === 0 ? [] : [[part, own.join(" ")] as const];
      });
      return { hour: statement.hour - tenth, ...Object.fromEntries(named) };
    }),
  );
}
