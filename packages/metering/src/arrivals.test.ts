import { describe, expect, test } from "vitest";
import { ArrivalReader } from "./arrivals.ts";
import { event, hourMs, merchant, meteringWorld, ten } from "./metering.fixture.ts";
import { growShards } from "./shard.ts";
import { rollClosedHours, rollMarked } from "./shard-roll.ts";

const limits = { bytesPerHour: 1_000_000, markedPerShard: 200 };

describe("ArrivalReader", () => {
  test("finds bundles of open hours, of hours closed lately, and those that marks name", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten));
    world.at(ten + hourMs + 60_000);
    await rollClosedHours(world, world.shard);
    await world.send(event("late", ten - 5 * hourMs), event("ahead", ten + hourMs));
    const reader = new ArrivalReader(world, merchant, limits);
    const { bundles, oneIn } = await reader.since(ten + hourMs);
    expect(bundles.map(({ hour }) => hour - ten / hourMs).sort()).toEqual([-5, 0, 1]);
    expect(oneIn).toBe(1);
    await rollMarked(world, world.shard);
    expect((await reader.since(ten + hourMs)).bundles).toHaveLength(2);
  });

  test("looks in every shard", async () => {
    const world = await meteringWorld();
    const plan = await world.plans.shardPlan(merchant);
    await world.plans.changeShardPlan(merchant, plan, growShards(plan, 8, ten));
    world.at(ten + 2 * hourMs);
    const customers = Array.from({ length: 40 }, (_, i) => ({ ...event("a", ten + 2 * hourMs), customer: `c${i}` }));
    await world.send(...customers.map((one) => ({ ...one, customer: event("x", 0, one as object).customer })));
    const { bundles } = await new ArrivalReader(world, merchant, limits).since(ten + 2 * hourMs);
    expect(bundles).toHaveLength(8);
  });

  test("reads the same part of a large hour at every look, and says how large", async () => {
    const world = await meteringWorld();
    for (let i = 0; i < 400; i++) await world.send(event(`e${i}`, ten + i));
    const bytes = 40 * 90;
    const reader = new ArrivalReader(world, merchant, { ...limits, bytesPerHour: bytes });
    const first = await reader.since(ten);
    expect(first.bundles.length).toBeLessThan(200);
    expect(first.oneIn).toBeGreaterThan((400 / first.bundles.length) * 0.6);
    expect(first.oneIn).toBeLessThan((400 / first.bundles.length) * 1.6);
    expect(await reader.since(ten)).toEqual(first);
  });
});
