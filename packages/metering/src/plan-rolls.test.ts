import { merchantId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryRollQueue, memoryShardPlans } from "./memory.ts";
import { event, hourMs, logOf, merchant, meteringWorld, minute, stored, ten, tenth } from "./metering.fixture.ts";
import { lateRollEveryMs, planRolls, rollShard, wakeLateRolls } from "./plan-rolls.ts";
import { firstShardPlan, growShards } from "./shard.ts";

describe("planRolls", () => {
  test("asks for every shard that every merchant ever had", async () => {
    const [plans, queue] = [memoryShardPlans({ merchantsPerPage: 2 }), memoryRollQueue()];
    const names = ["a", "b", "c", "d", "e"].map(merchantId);
    for (const name of names) await plans.startShardPlan(name, firstShardPlan(ten));
    const [, , third = merchant] = names;
    const plan = await plans.shardPlan(third);
    await plans.changeShardPlan(third, plan, growShards(growShards(plan, 3, ten), 2, ten + 5 * hourMs));
    await planRolls({ plans, queue, clock: { now: () => ten } }, "hours");
    expect(queue.asked.map(({ shard, reason }) => `${shard.merchant}${shard.shard} ${reason}`)).toEqual(
      ["a0", "b0", "c0", "c1", "c2", "d0", "e0"].map((shard) => `${shard} hours`),
    );
  });
});

describe("wakeLateRolls", () => {
  const one = { merchant, shard: 0 };
  const start = Math.ceil(ten / lateRollEveryMs) * lateRollEveryMs;

  test.for([
    { after: 0, delay: 600, why: "at the beginning of ten minutes" },
    { after: 1, delay: 600, why: "delays are whole seconds, and never early" },
    { after: 599_000, delay: 1, why: "a second before their end" },
    { after: 599_999, delay: 1, why: "at their last instant" },
  ])("asks for a roll in $delay s: $why", async ({ after, delay }) => {
    const queue = memoryRollQueue();
    await wakeLateRolls({ queue, clock: { now: () => start + after } }, [one]);
    expect(queue.asked).toEqual([{ shard: one, reason: "marks", delaySeconds: delay }]);
  });

  test("asks once a shard and ten minutes, for a time after each mark, and never more than ten minutes late", async () => {
    const marks = fc.array(fc.record({ wait: fc.nat(20 * minute), shards: fc.array(fc.nat(2), { maxLength: 4 }) }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(marks, async (all) => {
        const queue = memoryRollQueue();
        let now = ten;
        const rolls: { shard: number; at: number }[] = [];
        for (const { wait, shards } of all) {
          now += wait;
          await wakeLateRolls(
            { queue, clock: { now: () => now } },
            shards.map((shard) => ({ merchant, shard })),
          );
          for (const { shard, delaySeconds } of queue.asked.splice(0))
            rolls.push({ shard: shard.shard, at: now + delaySeconds * 1000 });
          for (const shard of shards) {
            const due = rolls.some((roll) => roll.shard === shard && roll.at >= now && roll.at <= now + 601_000);
            expect(due).toBe(true);
          }
        }
        const windows = rolls.map(({ shard, at }) => `${shard} ${Math.floor((at - 1000) / lateRollEveryMs)}`);
        expect(new Set(windows).size).toBe(windows.length);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

describe("rollShard", () => {
  test.for([
    { reason: "hours", log: [0], why: "the hour that closed" },
    { reason: "marks", log: [-1], why: "what writers marked" },
    { reason: "sweep", log: [-1], why: "also what nothing woke a roll for" },
  ] as const)("rolls by $reason: $why", async ({ reason, log }) => {
    const world = await meteringWorld();
    await world.send(event("late", ten - 1), event("open", ten));
    world.at(ten + hourMs + 5000);
    await rollShard(world, { shard: world.shard, reason });
    expect((await logOf(world)).map(({ hour }) => hour)).toEqual(log);
  });

  test("sweeps, then rolls what the sweep marked", async () => {
    const world = await meteringWorld();
    world.at(ten + 2 * hourMs);
    await rollShard(world, { shard: world.shard, reason: "hours" });
    await world.journal.putBundle({ ...world.shard, hour: tenth }, stored([event("lost", ten)]));
    world.at(ten + 3 * hourMs);
    await rollShard(world, { shard: world.shard, reason: "sweep" });
    expect(await logOf(world)).toEqual([{ hour: 0, events: "lost" }]);
    expect(await world.journal.marks(world.shard)).toEqual([]);
  });
});
