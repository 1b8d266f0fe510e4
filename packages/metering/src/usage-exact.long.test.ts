import { expectOk, formatDecimal } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "./event.ts";
import { event, hourMs, type MeteringWorld, merchant, meteringWorld, ten, voiding } from "./metering.fixture.ts";
import { propertyTimes } from "./property-times.fixture.ts";
import { rollClosedHours, rollMarked } from "./shard-roll.ts";
import { queryUsage } from "./usage.ts";
import { byTheRule, farCopies, loggedFacts, rolledOneByOne } from "./verdict.fixture.ts";

const day = 24 * hourMs;
const plain = { merchant, meter: "requests", window: "none", groupBy: [], timezone: "UTC" } as const;

async function count(world: MeteringWorld, exact: boolean, from = ten - 200 * day, to = ten + 200 * day) {
  const usage = expectOk(await queryUsage(world, { ...plain, from, to, exact }));
  const [row] = usage.rows;
  return row?.value === undefined || row.value === null ? undefined : formatDecimal(row.value);
}

async function roll(world: MeteringWorld): Promise<void> {
  await rollClosedHours(world, world.shard);
  await rollMarked(world, world.shard);
}

describe("exact usage", () => {
  test("counts a thousand copies over 30 days once, before and after their rolls", async () => {
    const world = await meteringWorld();
    world.at(ten + 31 * day);
    // Each hour and a bit another copy, so that none lie in one hour or the next but one.
    const copies = Array.from({ length: 1000 }, (_, i) => event("a", ten + Math.floor(i * 0.72 * hourMs)));
    for (let at = 0; at < 1000; at += 100) await world.send(...copies.slice(at, at + 100));
    expect(await count(world, true)).toBe("1");
    await roll(world);
    expect(await count(world, true)).toBe("1");
  });

  test.for([
    { apart: 35 * day, exact: "1", why: "35 days apart are copies" },
    { apart: 35 * day + 1, exact: "2", why: "a millisecond more are two events" },
  ])("$why", async ({ apart, exact }) => {
    const world = await meteringWorld();
    world.at(ten + 40 * day);
    await world.send(event("a", ten), event("a", ten + apart));
    for (let time = 0; time < 2; time++) {
      expect([await count(world, true), await count(world, false)]).toEqual([exact, "2"]);
      await roll(world);
    }
  });

  test("finds copies and voids outside of the range that is asked about", async () => {
    const world = await meteringWorld();
    world.at(ten + 40 * day);
    await world.send(event("a", ten), event("b", ten + 30 * day), event("c", ten + 30 * day));
    await world.send(event("a", ten + 30 * day), voiding("c", ten - 50 * day));
    const range = [ten + 29 * day, ten + 31 * day] as const;
    for (let time = 0; time < 2; time++) {
      expect(await count(world, true, ...range)).toBe("1");
      await roll(world);
    }
    expect(await count(world, false, ...range)).toBe("2");
  });

  test("is what the rule counts, of any log and range", async () => {
    const bound = fc.integer({ min: -70, max: 70 }).map((days) => ten + days * day);
    await fc.assert(
      fc.asyncProperty(fc.array(farCopies, { minLength: 1, maxLength: 7 }), bound, bound, async (sent, a, b) => {
        const world = await rolledOneByOne(sent);
        const rows = await loggedFacts(world);
        const [from, to] = [Math.min(a, b), Math.max(a, b) + 1];
        const struck = byTheRule(rows);
        const counts = ({ kind, time }: Fact) => kind === "event" && time >= from && time < to;
        const expected = rows.filter(({ entry, fact }) => counts(fact) && !struck.has(entry)).length;
        expect(await count(world, true, from, to)).toBe(String(expected));
      }),
      { numRuns: 15 * propertyTimes, seed: 1 },
    );
  });
});
