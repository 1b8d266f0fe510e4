import { customerId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Hour, hourMs, hourPlus } from "./hour.ts";
import { firstShardPlan, growShards, maxShards, type ShardPlan, shardOf, shardsAt, shardsEver } from "./shard.ts";

const start = 500_000 as Hour;
const now = start * hourMs + 1;
const steps = (...pairs: readonly (readonly [after: number, count: number])[]) =>
  pairs.map(([after, count]) => ({ from: hourPlus(start, after), count }));

describe("growShards", () => {
  test.for([
    { at: 0, after: 2, why: "at the hour's first instant" },
    { at: 1, after: 2, why: "in an hour" },
    { at: hourMs - 1, after: 2, why: "at its last instant, an hour and more before" },
    { at: hourMs, after: 3, why: "in the next hour" },
  ])("takes effect at the second hour boundary, $after hours on: $why", ({ at, after }) => {
    expect(growShards(firstShardPlan(now), 4, start * hourMs + at).steps).toEqual(steps([0, 1], [after, 4]));
  });

  test.for([
    { again: 0, plan: steps([0, 1], [2, 8]), why: "a step that nobody follows yet is replaced" },
    { again: 1, plan: steps([0, 1], [2, 4], [3, 8]), why: "an hour later the first step stands" },
    { again: 9, plan: steps([0, 1], [2, 4], [11, 8]), why: "and ever after" },
  ])("again after $again hours: $why", ({ again, plan }) => {
    const grown = growShards(firstShardPlan(now), 4, now);
    expect(growShards(grown, 8, now + again * hourMs).steps).toEqual(plan);
  });

  const changes = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 * hourMs }), fc.integer({ min: 1, max: maxShards })), {
    maxLength: 8,
  });

  test("never changes an hour that a writer may have an older plan for", () => {
    fc.assert(
      fc.property(changes, (all) => {
        let [plan, time] = [firstShardPlan(now), now];
        for (const [wait, count] of all) {
          time += wait;
          const grown = growShards(plan, count, time);
          const keptUntil = time + hourMs / 12 + 5 * 60_000;
          for (let hour = hourPlus(start, -2); hour * hourMs <= keptUntil; hour = hourPlus(hour, 1)) {
            expect(shardsAt(grown, hour)).toBe(shardsAt(plan, hour));
          }
          expect(shardsAt(grown, hourPlus(start, 1_000_000))).toBe(count);
          plan = grown;
        }
        const froms = plan.steps.map(({ from }) => from);
        expect(froms).toEqual([...new Set(froms)].sort((a, b) => a - b));
      }),
      { seed: 1 },
    );
  });

  test("lists every shard that any hour has, from its first hour on", () => {
    fc.assert(
      fc.property(changes, (all) => {
        const plan = all.reduce(
          (grown, [wait, count], i) => growShards(grown, count, now + i * wait),
          firstShardPlan(now),
        );
        const ever = shardsEver(plan);
        expect(ever.map(({ shard }) => shard)).toEqual([...ever.keys()]);
        for (let after = -3; after < 40; after++) {
          const hour = hourPlus(start, after);
          const count = shardsAt(plan, hour);
          expect(ever.length).toBeGreaterThanOrEqual(count);
          for (const { firstHour } of ever.slice(0, count)) expect(firstHour <= Math.max(hour, start)).toBe(true);
        }
      }),
      { seed: 2 },
    );
  });
});

test("hours before the first step have its count", () => {
  const plan: ShardPlan = { steps: [{ from: start, count: 3 }] };
  expect(shardsAt(plan, hourPlus(start, -1000))).toBe(3);
});

describe("shardOf", () => {
  test.for([1, 2, 3, 16, 64])("spreads customers evenly over %i shards, in an order of its own", (count) => {
    const sizes = Array.from({ length: count }, () => 0);
    for (let i = 0; i < 500 * count; i++) {
      const shard = shardOf(customerId(`customer-${i}`), count);
      sizes[shard] = (sizes[shard] ?? 0) + 1;
    }
    expect(Math.min(...sizes)).toBeGreaterThan(400);
    expect(Math.max(...sizes)).toBeLessThan(600);
  });

  test("is part of the stored data: it never changes", () => {
    const shards = ["a", "ann", "AbC", "abc", "cus_000001", "x".repeat(128)].map((id) => shardOf(customerId(id), 64));
    expect(shards).toEqual([51, 37, 58, 60, 57, 28]);
  });

  test("is within the count for any id", () => {
    const ids = fc.stringMatching(/^[A-Za-z0-9_.:@-]{1,128}$/).map(customerId);
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: maxShards }), (id, count) => {
        const shard = shardOf(id, count);
        expect(Number.isInteger(shard) && shard >= 0 && shard < count).toBe(true);
        expect(shardOf(id, 1)).toBe(0);
      }),
      { seed: 3 },
    );
  });
});
