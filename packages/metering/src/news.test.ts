import { describe, expect, test } from "vitest";
import { crashing } from "./faults.fixture.ts";
import { type Hour, hourPlus } from "./hour.ts";
import {
  ann,
  bob,
  damaged,
  event,
  factsOf,
  hourMs,
  type MeteringWorld,
  merchant,
  meteringWorld,
  refOf,
  stored,
  ten,
  tenth,
  voiding,
} from "./metering.fixture.ts";
import { foldNews, readNews } from "./news.ts";
import { rollClosedHours, rollMarked } from "./shard-roll.ts";

const all = { merchant, from: hourPlus(tenth, -100), to: hourPlus(tenth, 100) };

async function shown(world: MeteringWorld, query: Partial<typeof all> & { customer?: typeof ann } = {}) {
  const news = await readNews(world, { ...all, ...query });
  return [...news].flatMap(([customer, hours]) =>
    [...hours].map(
      ([hour, rows]) =>
        `${customer} ${hour - tenth} ${factsOf(rows)
          .map(({ id }) => id)
          .join(" ")}`,
    ),
  );
}

describe("readNews", () => {
  test("finds what is not rolled: open hours, and what marks name", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten), event("late", ten - 5 * hourMs), event("b", ten, { customer: bob }));
    expect(await shown(world)).toEqual(["ann -5 late", "ann 0 a", "bob 0 b"]);
    expect(await shown(world, { customer: ann })).toEqual(["ann -5 late", "ann 0 a"]);
    world.at(ten + 2 * hourMs);
    await rollClosedHours(world, world.shard);
    expect(await shown(world)).toEqual(["ann -5 late"]);
    await rollMarked(world, world.shard);
    expect(await shown(world)).toEqual([]);
  });

  test.for([
    { from: 0, to: 1, found: ["ann 0 a"] },
    { from: -1, to: 0, found: ["ann -1 before"] },
    { from: 1, to: 9, found: ["ann 1 after"] },
    { from: 2, to: 9, found: [] },
  ])("reads the hours from $from up to $to", async ({ from, to, found }) => {
    const world = await meteringWorld();
    world.at(ten + hourMs);
    await world.send(event("a", ten), event("before", ten - 1), event("after", ten + hourMs));
    expect(await shown(world, { from: hourPlus(tenth, from), to: hourPlus(tenth, to) })).toEqual(found);
  });

  test("reads a bundle that several marks name once, and none that two hours share", async () => {
    const world = await meteringWorld();
    await world.send(event("late", ten - 1));
    await world.send(event("late", ten - 1), event("other", ten - 2 * hourMs));
    expect(await shown(world)).toEqual(["ann -2 other", "ann -1 late"]);
  });

  test("takes how far the roll is, and the marks, before any bundle", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten), event("late", ten - 1));
    const { stores, calls } = crashing(world);
    await readNews(stores, all);
    expect(calls.slice(0, 3)).toEqual(["shardPlan", "rolledThrough", "marks"]);
    expect(new Set(calls.slice(3))).toEqual(new Set(["bundles", "bundle"]));
  });

  test("leaves out what does not decode", async () => {
    const world = await meteringWorld();
    await world.journal.putBundle({ ...world.shard, hour: tenth }, damaged([event("b", ten)]));
    await world.send(event("a", ten));
    expect(await shown(world)).toEqual(["ann 0 a"]);
  });

  test("reads the shards that a customer ever had, and no others", async () => {
    const plan = {
      steps: [
        { from: tenth, count: 1 },
        { from: hourPlus(tenth, 1), count: 64 },
      ],
    } as const;
    const world = await meteringWorld(plan);
    world.at(ten + hourMs);
    await world.send(event("a", ten), event("b", ten + hourMs));
    expect(await shown(world, { customer: ann })).toEqual(["ann 0 a", "ann 1 b"]);
    const { stores, calls } = crashing(world);
    await readNews(stores, { ...all, customer: ann });
    expect(calls.filter((name) => name === "marks")).toHaveLength(2);
  });

  test("sees an event at the end of what writers take, also where its own clock is 2 s behind theirs", async () => {
    const world = await meteringWorld();
    world.at(ten + 55 * 60_000);
    await world.send(event("ahead", ten + hourMs));
    world.at(ten + 55 * 60_000 - 2000);
    expect(await shown(world)).toEqual(["ann 1 ahead"]);
  });
});

describe("foldNews", () => {
  async function folded(world: MeteringWorld) {
    const news = (await readNews(world, all)).get(ann) ?? new Map();
    const statements = await world.log.entriesOfHours(refOf(ann), all.from, all.to);
    const folds = await foldNews(world.log, refOf(ann), { hours: news, statements });
    return Object.fromEntries(
      [...folds].map(([hour, fold]) => [
        hour - tenth,
        factsOf(fold.events)
          .map(({ id }) => id)
          .sort()
          .join(" "),
      ]),
    );
  }

  test("drops what statements name, and copies in neighbouring hours, rolled or not", async () => {
    const world = await meteringWorld();
    await world.send(event("rolled", ten));
    world.at(ten + hourMs + 60_000);
    await rollClosedHours(world, world.shard);
    await world.send(event("rolled", ten), event("late", ten + 5), event("b", ten + hourMs), voiding("v", ten));
    await world.send(event("late", ten + hourMs), event("rolled", ten + hourMs), event("b", ten + hourMs));
    expect(await folded(world)).toEqual({ 0: "late", 1: "b" });
  });

  test("comes to what a roll then appends", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten), event("b", ten), event("a", ten + 1));
    await world.send(event("b", ten), event("c", ten - 1));
    const before = await folded(world);
    world.at(ten + 2 * hourMs);
    await rollMarked(world, world.shard);
    await rollClosedHours(world, world.shard);
    const log = await world.log.entriesOfHours(refOf(ann), all.from, all.to);
    expect(before).toEqual({ "-1": "c", 0: "a b" });
    expect(log.map(({ hour, counts }) => [hour - tenth, counts.events])).toEqual([
      [-1, 1],
      [0, 2],
    ]);
    expect(await folded(world)).toEqual({});
  });

  test("has no fold for hours without news", async () => {
    const world = await meteringWorld();
    await world.journal.putBundle(
      { ...world.shard, hour: hourPlus(tenth, -3) as Hour },
      stored([event("unmarked", ten)]),
    );
    expect(await folded(world)).toEqual({});
  });
});
