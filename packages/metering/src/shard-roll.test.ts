import { describe, expect, test } from "vitest";
import { crashing, eachCrash, survive } from "./faults.fixture.ts";
import { hourPlus } from "./hour.ts";
import { markOf } from "./mark.ts";
import {
  ann,
  bob,
  damaged,
  event,
  hourMs,
  logOf,
  type MeteringWorld,
  meteringWorld,
  stored,
  ten,
  tenth,
} from "./metering.fixture.ts";
import { rollClosedHours, rollMarginMs, rollMarked, rollOpenHours, sweepHour, sweepShard } from "./shard-roll.ts";
import { storeFacts } from "./store-facts.ts";

const end = ten + hourMs;
const after = (hours: number) => hourPlus(tenth, hours);
const rolledAfter = async ({ progress, shard }: MeteringWorld) => {
  const hour = await progress.rolledThrough(shard);
  return hour === undefined ? undefined : hour - tenth;
};

describe("rollClosedHours", () => {
  test.for([
    { clock: end + rollMarginMs - 1, rolled: undefined, why: "just before its end + 5 s" },
    { clock: end + rollMarginMs, rolled: 0, why: "at its end + 5 s" },
    { clock: end + hourMs + rollMarginMs - 1, rolled: 0, why: "the next hour is not over" },
    { clock: end + 7 * hourMs + rollMarginMs, rolled: 7, why: "hours that were missed are rolled next" },
  ])("has rolled through hour $rolled: $why", async ({ clock, rolled }) => {
    const world = await meteringWorld();
    await world.send(event("a", ten), event("b", ten + 3 * hourMs));
    world.at(clock);
    await rollClosedHours(world, world.shard);
    expect(await rolledAfter(world)).toBe(rolled);
    const hours = [0, 3].filter((hour) => hour <= (rolled ?? -1));
    expect((await logOf(world)).map(({ hour }) => hour)).toEqual(hours);
  });

  test("works hours in order, and counts each as rolled after its last statement", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten + hourMs), event("b", ten), event("c", ten, { customer: bob }));
    world.at(end + 2 * hourMs);
    const { stores, calls } = crashing(world);
    await rollClosedHours(stores, world.shard);
    const order = calls.filter((name) => ["append", "recordRoll", "raiseRolledThrough"].includes(name));
    expect(order).toEqual([
      "append",
      "append",
      "recordRoll",
      "raiseRolledThrough",
      "append",
      "recordRoll",
      "raiseRolledThrough",
    ]);
  });

  test("counts hours that are empty together with the next that is not, and a day of them at once", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten + 3 * hourMs));
    world.at(end + 50 * hourMs + rollMarginMs);
    const { stores, calls } = crashing(world);
    await rollClosedHours(stores, world.shard);
    // After the event's hour, after the last of that day and of the next, and at the end.
    expect(calls.filter((name) => name === "raiseRolledThrough")).toHaveLength(4);
    expect(calls.filter((name) => name === "bundles")).toHaveLength(51);
    expect(await rolledAfter(world)).toBe(50);
  });

  test("begins with the first hour that the shard can have", async () => {
    const plan = {
      steps: [
        { from: tenth, count: 1 },
        { from: after(2), count: 2 },
      ],
    } as const;
    const world = await meteringWorld(plan);
    world.at(end + 3 * hourMs);
    const second = { ...world.shard, shard: 1 };
    await world.journal.putBundle({ ...second, hour: after(1) }, stored([event("early", ten + hourMs)]));
    await world.journal.putBundle({ ...second, hour: after(2) }, stored([event("a", ten + 2 * hourMs)]));
    await rollClosedHours(world, second);
    expect(await logOf(world)).toEqual([{ hour: 2, events: "a" }]);
    await expect(rollClosedHours(world, { ...world.shard, shard: 2 })).rejects.toThrow("never had");
  });

  test("keeps a mark for what does not decode, and goes on", async () => {
    const world = await meteringWorld();
    const bad = damaged([event("a", ten)]);
    await world.journal.putBundle({ ...world.shard, hour: tenth }, bad);
    await world.send(event("b", ten), event("c", ten + hourMs));
    world.at(end + 2 * hourMs);
    await rollClosedHours(world, world.shard);
    expect(await rolledAfter(world)).toBe(1);
    expect((await logOf(world)).map((entry) => entry.hour)).toEqual([0, 1]);
    expect(await world.journal.marks(world.shard)).toEqual([markOf([{ hour: tenth, digest: bad.digest }])]);
    expect(await world.progress.rollRecord({ ...world.shard, hour: tenth })).toMatchObject({
      quarantined: [bad.digest],
    });
  });
});

describe("rollOpenHours", () => {
  test("rolls what open hours hold so far, and counts none of them as rolled", async () => {
    const world = await meteringWorld();
    world.at(end - 60_000);
    await world.send(event("a", ten), event("ahead", end + 1));
    await rollOpenHours(world, world.shard);
    expect(await logOf(world)).toEqual([
      { hour: 0, events: "a" },
      { hour: 1, events: "ahead" },
    ]);
    expect(await rolledAfter(world)).toBeUndefined();
    await world.send(event("b", ten));
    world.at(end + 2 * hourMs);
    await rollClosedHours(world, world.shard);
    expect((await logOf(world)).slice(2)).toEqual([{ hour: 0, events: "b" }]);
  });

  test("sees an event at the end of what writers take, also where its own clock is 2 s behind theirs", async () => {
    const world = await meteringWorld();
    world.at(end - 5 * 60_000);
    await world.send(event("ahead", end));
    world.at(end - 5 * 60_000 - 2000);
    await rollOpenHours(world, world.shard);
    expect(await logOf(world)).toEqual([{ hour: 1, events: "ahead" }]);
  });
});

describe("rollMarked", () => {
  test("rolls all marked bundles of the shard, and removes their marks", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten - hourMs), event("b", ten - 5 * hourMs));
    await world.send(event("c", ten - hourMs));
    expect(await world.journal.marks(world.shard)).toHaveLength(2);
    await rollMarked(world, world.shard);
    expect((await logOf(world)).map(({ hour }) => hour)).toEqual([-5, -1]);
    expect(await world.journal.marks(world.shard)).toEqual([]);
  });

  test("reads marked bundles alone", async () => {
    const world = await meteringWorld();
    await world.send(event("marked", ten - 1));
    await world.journal.putBundle({ ...world.shard, hour: after(-1) }, stored([event("unmarked", ten - 2)]));
    await rollMarked(world, world.shard);
    expect(await logOf(world)).toEqual([{ hour: -1, events: "marked" }]);
  });

  test("keeps a mark until each of its bundles was read", async () => {
    const world = await meteringWorld();
    const at = { ...world.shard, hour: after(-1) };
    const [good, bad] = [stored([event("a", ten - 1)]), damaged([event("b", ten - 1)])];
    const unseen = stored([event("c", ten - 1)]);
    for (const bundle of [good, bad]) await world.journal.putBundle(at, bundle);
    const named = (...bundles: (typeof good)[]) => markOf(bundles.map(({ digest }) => ({ hour: at.hour, digest })));
    const marks = [named(good), named(good, bad), named(good, unseen)];
    for (const mark of marks) await world.journal.putMark(world.shard, mark);
    await rollMarked(world, world.shard);
    const left = (await world.journal.marks(world.shard)).map(({ id }) => id);
    expect(left.toSorted()).toEqual([named(good, bad), named(good, unseen), named(bad)].map(({ id }) => id).sort());
    await world.journal.putBundle(at, unseen);
    await rollMarked(world, world.shard);
    expect(await logOf(world)).toEqual([
      { hour: -1, events: "a" },
      { hour: -1, events: "c" },
    ]);
    expect(await world.journal.marks(world.shard)).toHaveLength(2);
  });
});

describe("sweepShard", () => {
  async function withLost(...hours: readonly number[]) {
    const world = await meteringWorld();
    await world.send(event("a", ten));
    world.at(end + 4 * hourMs + rollMarginMs);
    await rollClosedHours(world, world.shard);
    const lost = hours.map((hour) => ({ hour: after(hour), bundle: stored([event("lost", ten + hour * hourMs)]) }));
    for (const { hour, bundle } of lost) await world.journal.putBundle({ ...world.shard, hour }, bundle);
    return { world, marks: lost.map(({ hour, bundle: { digest } }) => markOf([{ hour, digest }])) };
  }

  test.for([
    { clock: end + hourMs + rollMarginMs - 1, marked: 0, why: "an hour's roll may be less than an hour ago" },
    { clock: end + hourMs + rollMarginMs, marked: 1, why: "an hour after the earliest roll of the hour" },
    { clock: end + 2 * hourMs + rollMarginMs, marked: 2, why: "an hour later the next hour is due" },
    { clock: end + 100 * hourMs, marked: 2, why: "no hour is swept before it is rolled" },
  ])("has marked the missed bundles of $marked hours: $why", async ({ clock, marked }) => {
    const { world, marks } = await withLost(0, 1, 5);
    world.at(clock);
    expect(await sweepShard(world, world.shard)).toBe(marked > 0);
    expect(new Set(await world.journal.marks(world.shard))).toEqual(new Set(marks.slice(0, marked)));
    expect(await sweepShard(world, world.shard)).toBe(false);
  });

  test("marks exactly what no roll has worked off", async () => {
    const { world, marks } = await withLost(0);
    const bad = damaged([event("b", ten)]);
    await world.journal.putBundle({ ...world.shard, hour: tenth }, bad);
    await world.progress.recordRoll({ ...world.shard, hour: tenth }, { digests: [], quarantined: [bad.digest] });
    expect(await sweepHour(world, { ...world.shard, hour: tenth })).toBe(true);
    expect(await world.journal.marks(world.shard)).toEqual(marks);
    expect(await sweepHour(world, { ...world.shard, hour: after(1) })).toBe(false);
    await rollMarked(world, world.shard);
    expect((await logOf(world)).slice(1)).toEqual([{ hour: 0, events: "lost" }]);
    expect(await sweepHour(world, { ...world.shard, hour: tenth })).toBe(false);
  });

  test("looks at each hour once", async () => {
    const { world } = await withLost(0);
    await sweepShard(world, world.shard);
    const { stores, calls } = crashing(world);
    await sweepShard(stores, world.shard);
    expect(calls).not.toContain("bundles");
  });

  test("has nothing to do for a shard that was never rolled", async () => {
    const world = await meteringWorld();
    expect(await sweepShard(world, world.shard)).toBe(false);
  });
});

describe("a process that dies", () => {
  test("at any call leaves a log that the next run completes", async () => {
    const calls = await eachCrash(async (point) => {
      const world = await meteringWorld();
      await world.send(event("a", ten), event("b", ten, { customer: bob }), event("c", ten + hourMs));
      world.at(end + 60_000);
      await world.send(event("late", ten), event("a", ten + 1), event("early", ten - hourMs));
      world.at(end + 4 * hourMs);
      const { stores, calls } = crashing(world, point);
      const job = async (on: MeteringWorld) => {
        await rollClosedHours(on, world.shard);
        await rollMarked(on, world.shard);
        await sweepShard(on, world.shard);
        await rollMarked(on, world.shard);
      };
      expect(await survive(() => job(stores))).toBe(point === undefined ? "done" : "crashed");
      await job(world);
      const events = (await logOf(world)).flatMap((entry) =>
        "events" in entry ? String(entry.events).split(" ") : [],
      );
      expect(events.toSorted()).toEqual(["a", "c", "early", "late"]);
      expect(await logOf(world, bob)).toEqual([{ hour: 0, events: "b" }]);
      expect(await world.journal.marks(world.shard)).toEqual([]);
      expect(await rolledAfter(world)).toBe(3);
      return { calls };
    });
    expect(calls).toBeGreaterThan(40);
  });

  test("while it stores facts leaves what a resend and a sweep complete", async () => {
    await eachCrash(async (point) => {
      const world = await meteringWorld();
      world.at(end + 60_000);
      const { stores, calls } = crashing(world, point);
      const facts = [event("a", ten), event("b", end), event("c", ten - hourMs, { customer: ann })];
      await survive(() => storeFacts(stores, { merchant: world.shard.merchant, facts, receivedAt: end }));
      await storeFacts(world, { merchant: world.shard.merchant, facts, receivedAt: end + 1 });
      world.at(end + 5 * hourMs);
      await rollClosedHours(world, world.shard);
      await rollMarked(world, world.shard);
      const log = await logOf(world);
      expect(log.map((entry) => ("events" in entry ? entry.events : undefined)).toSorted()).toEqual(["a", "b", "c"]);
      return { calls };
    });
  });
});
