import { expectOk, formatDecimal } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParsedEvent } from "./event.ts";
import { type AggregationName, aggregationNames, type Meter } from "./meter.ts";
import {
  ann,
  bob,
  event,
  hourMs,
  type MeteringWorld,
  merchant,
  meteringWorld,
  requests,
  ten,
} from "./metering.fixture.ts";
import { firstShardPlan } from "./shard.ts";
import { rollClosedHours, rollMarked, rollOpenHours } from "./shard-roll.ts";
import { queryUsage, type UsageQuery } from "./usage.ts";

const dayMs = 24 * hourMs;
const midnight = ten - 10 * hourMs;

/** An event in plain words: what an oracle knows of it. */
interface Plain {
  readonly id: string;
  readonly time: number;
  readonly size: number;
  readonly user: string;
  readonly op: string;
}

/** What each aggregation comes to, by plain loops over a list: a fraction, or nothing. */
type Oracle = (inside: readonly Plain[], before: readonly Plain[], window: { from: number; to: number }) => Fraction;
type Fraction = readonly [dividend: number, divisor: number] | null;

const total = (all: readonly Plain[]) => all.reduce((sum, { size }) => sum + size, 0);
const inOrder = (all: readonly Plain[]) => [...all].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
const daysOf = ({ from, to }: { from: number; to: number }) => {
  const days: number[] = [];
  for (let at = Math.floor(from / dayMs); at * dayMs < to; at++) days.push(at);
  return days;
};

const oracles: Readonly<Record<AggregationName, Oracle>> = {
  count: (inside) => [inside.length, 1],
  sum: (inside) => [total(inside), 1],
  max: (inside) => (inside.length === 0 ? null : [Math.max(...inside.map(({ size }) => size)), 1]),
  min: (inside) => (inside.length === 0 ? null : [Math.min(...inside.map(({ size }) => size)), 1]),
  latest: (inside) => (inside.length === 0 ? null : [inOrder(inside).at(-1)?.size ?? 0, 1]),
  unique_count: (inside) => [new Set(inside.map(({ user }) => user)).size, 1],
  average: (inside) => (inside.length === 0 ? null : [total(inside), inside.length]),
  weighted_sum: (inside, before, { from, to }) => {
    let [level, at, area] = [total(before), from, 0];
    for (const { time, size } of inOrder(inside)) {
      area += level * (time - at);
      [level, at] = [level + size, time];
    }
    return [area + level * (to - at), to - from];
  },
  sum_prorated: (inside, before, window) => {
    const days = daysOf(window);
    const counted = days.map(
      (day) => total(before) + total(inside.filter(({ time }) => Math.floor(time / dayMs) <= day)),
    );
    return [counted.reduce((sum, one) => sum + one, 0), days.length];
  },
  unique_count_prorated: (inside, before, window) => {
    const days = daysOf(window);
    const there = new Set<string>();
    const change = ({ user, op }: Plain) => (op === "remove" ? there.delete(user) : there.add(user));
    // At one instant a removal is last.
    const ordered = (all: readonly Plain[]) =>
      [...all].sort((a, b) => a.time - b.time || (a.op === b.op ? 0 : a.op === "remove" ? 1 : -1));
    for (const one of ordered(before)) change(one);
    let present = 0;
    for (const day of days) {
      const seen = new Set(there);
      for (const one of ordered(inside.filter(({ time }) => Math.floor(time / dayMs) === day))) {
        if (one.op !== "remove") seen.add(one.user);
        change(one);
      }
      present += seen.size;
    }
    return [present, days.length];
  },
};

/** A fraction as text, to 18 decimals, half to even. */
function written(fraction: Fraction): string | null {
  if (fraction === null) return null;
  const [dividend, divisor] = fraction.map((number) => BigInt(number)) as [bigint, bigint];
  const scaled = (dividend < 0n ? -dividend : dividend) * 10n ** 18n;
  const [whole, rest] = [scaled / divisor, (scaled % divisor) * 2n];
  const digits = String(rest > divisor || (rest === divisor && whole % 2n === 1n) ? whole + 1n : whole).padStart(
    19,
    "0",
  );
  const text = `${digits.slice(0, -18)}.${digits.slice(-18)}`.replace(/\.?0+$/, "");
  return dividend < 0n && text !== "0" ? `-${text}` : text;
}

const plainEvents: fc.Arbitrary<Plain> = fc.record({
  id: fc.constantFrom(..."abcdefghijkl"),
  time: fc
    .oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: -3, max: 50 }))
    .map((n) => midnight + n * hourMs + (n % 3) * 60_000),
  size: fc.integer({ min: -4, max: 9 }),
  user: fc.constantFrom("u1", "u2", "u3"),
  op: fc.constantFrom("add", "add", "remove"),
});

/** Each identity once: the same content whenever it is sent. */
const lists = fc.uniqueArray(plainEvents, { minLength: 1, maxLength: 12, selector: ({ id }) => id });
/** In which order and batches events come, and which come again: positions in the list. */
const deliveries = fc.array(fc.array(fc.nat(11), { minLength: 1, maxLength: 4 }), { maxLength: 6 });

const sentOf = ({ id, time, size, user, op }: Plain): ParsedEvent =>
  event(id, time, { customer: id < "c" ? bob : ann, data: { size, user, op } });

const meterOf = (aggregation: AggregationName): Meter => {
  const value = aggregation.startsWith("unique") ? "user" : "size";
  const meter: Meter = { ...requests, key: aggregation, aggregation, value, revision: 2 };
  return aggregation === "unique_count_prorated" ? { ...meter, operation: "op" } : meter;
};
const meters = aggregationNames.map(meterOf);

async function worldOf(all: readonly Plain[], batches: readonly (readonly number[])[]): Promise<MeteringWorld> {
  const world = await meteringWorld(firstShardPlan(midnight - 6 * hourMs));
  await world.meters.publishMeters(merchant, { revision: 2, meters });
  world.at(midnight + 60 * hourMs);
  for (const batch of batches) {
    const events = batch.flatMap((at) => all[at] ?? []).map(sentOf);
    if (events.length > 0) await world.send(...events);
  }
  for (const one of all) await world.send(sentOf(one));
  return world;
}

async function ask(world: MeteringWorld, query: Partial<UsageQuery>): Promise<readonly (string | null)[]> {
  const range = { from: midnight, to: midnight + 2 * dayMs };
  const plain = { merchant, meter: "count", window: "none", groupBy: [], timezone: "UTC" } as const;
  const { rows } = expectOk(await queryUsage(world, { ...plain, ...range, ...query }));
  return rows.map(({ value }) => (value === null ? null : formatDecimal(value)));
}

/** What each aggregation answers. */
async function askAll(world: MeteringWorld, window: keyof typeof windowSizes) {
  const answers: [AggregationName, readonly (string | null)[]][] = [];
  for (const name of aggregationNames) answers.push([name, await ask(world, { meter: name, window })]);
  return answers;
}

/** What plain loops find in each window of two days. */
function expectedOf(name: AggregationName, all: readonly Plain[], size: number): readonly (string | null)[] {
  const expected: (string | null)[] = [];
  for (let from = midnight; from < midnight + 2 * dayMs; from += size) {
    const inside = all.filter(({ time }) => time >= from && time < from + size);
    const before = all.filter(({ time }) => time < from);
    expected.push(written(oracles[name](inside, before, { from, to: from + size })));
  }
  return expected;
}

const windowSizes = { none: 2 * dayMs, day: dayMs, hour: hourMs } as const;

describe("any aggregation over any window", () => {
  test("is what plain loops find, in any order, batches and copies, before a roll and after it", async () => {
    await fc.assert(
      fc.asyncProperty(lists, deliveries, fc.constantFrom("none", "day", "hour"), async (all, batches, window) => {
        const world = await worldOf(all, batches);
        const expected = aggregationNames.map((name) => [name, expectedOf(name, all, windowSizes[window])]);
        expect(await askAll(world, window)).toEqual(expected);
        await rollOpenHours(world, world.shard);
        expect(await askAll(world, window)).toEqual(expected);
        await rollClosedHours(world, world.shard);
        await rollMarked(world, world.shard);
        expect(await askAll(world, window)).toEqual(expected);
      }),
      { numRuns: 24, seed: 3 },
    );
  });

  test("is the same from states and from rows", async () => {
    await fc.assert(
      fc.asyncProperty(lists, async (all) => {
        const world = await worldOf(all, []);
        await rollClosedHours(world, world.shard);
        const kept = await askAll(world, "day");
        const { revision } = await world.meters.currentMeters(merchant);
        const changed = meters.map((meter) => ({ ...meter, revision: revision + 1 }));
        await world.meters.publishMeters(merchant, { revision: revision + 1, meters: changed });
        expect(await askAll(world, "day")).toEqual(kept);
      }),
      { numRuns: 12, seed: 4 },
    );
  });
});

test("a state too large for a header is told by the rows, also beside others", async () => {
  const world = await worldOf([], []);
  const many = Array.from({ length: 300 }, (_, i) =>
    event(`e${i}`, ten + i, { data: { user: `user-${i % 250}`, size: 1 } }),
  );
  await world.send(...many, event("one", ten + hourMs, { data: { user: "user-1", size: 1 } }));
  const fresh = await ask(world, { meter: "unique_count" });
  await rollClosedHours(world, world.shard);
  const entries = await world.log.entriesFrom({ merchant, customer: ann }, 1);
  const states = entries.map(({ tally }) => tally.cells.find(({ meter }) => meter === "unique_count")?.state?.length);
  expect(states).toEqual([undefined, 16]);
  expect(await ask(world, { meter: "unique_count" })).toEqual(["250"]);
  expect(fresh).toEqual(["250"]);
  expect(await ask(world, { meter: "sum" })).toEqual(["301"]);
});
