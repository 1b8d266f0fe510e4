import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "./event.ts";
import { hourPlus } from "./hour.ts";
import type { StoredBundle } from "./journal.ts";
import {
  ann,
  bob,
  damaged,
  event,
  hourMs,
  identityOf,
  logOf,
  type MeteringWorld,
  merchant,
  meteringWorld,
  meters,
  noise,
  refOf,
  requests,
  stored,
  ten,
  tenth,
  voiding,
} from "./metering.fixture.ts";
import { pagesOf } from "./pages.ts";
import { stateOf } from "./quantity.ts";
import { rollHour } from "./roll.ts";

const roll = (stores: Pick<MeteringWorld, "log" | "register">, bundles: readonly StoredBundle[], after = 0) =>
  rollHour(stores, { merchant, hour: hourPlus(tenth, after), meters }, bundles);

const other = { data: { bytes: 11 } };

const all = { from: 0, to: ten };
const always = { ...all, whole: all, timezone: "UTC" };

describe("rollHour", () => {
  test("appends a statement for each customer, with what it found", async () => {
    const world = await meteringWorld();
    const bundle = stored([
      event("b", ten + 1),
      event("a", ten + 2),
      event("a", ten + 2),
      event("a", ten, other),
      voiding("z", ten + 3),
      event("a", ten, { customer: bob }),
    ]);
    expect(await roll(world, [bundle])).toEqual({ digests: [bundle.digest], quarantined: [] });
    expect(await logOf(world)).toEqual([{ hour: 0, events: "b a", voids: "z", duplicates: "a", conflicts: "a" }]);
    const [statement] = await world.log.entriesFrom(refOf(ann), 1);
    expect(statement).toMatchObject({ number: 1, first: ten + 1, last: ten + 2, meterRevision: 1 });
    expect(statement?.tally.cohorts).toEqual([{ cells: [0, 1], events: 2 }]);
    expect(await logOf(world, bob)).toEqual([{ hour: 0, events: "a" }]);
    expect(world.register.noted).toEqual([refOf(ann), refOf(bob)]);
  });

  test.for<{ second: Fact[]; after?: number; entry: object | undefined; why: string }>([
    { second: [event("a", ten)], entry: { hour: 0, duplicates: "a" }, why: "a copy in another bundle is named" },
    { second: [event("a", ten, other)], entry: { hour: 0, conflicts: "a" }, why: "so is one of other content" },
    { second: [event("c", ten)], entry: { hour: 0, events: "c" }, why: "a late event has an entry further on" },
    { second: [voiding("a", ten)], entry: { hour: 0, voids: "a" }, why: "so has a void of a counted event" },
    {
      second: [event("a", ten + hourMs)],
      after: 1,
      entry: { hour: 1, conflicts: "a" },
      why: "a copy in the next hour falls out",
    },
    {
      second: [event("b", ten - 1, { serverTime: true })],
      after: -1,
      entry: { hour: -1, duplicates: "b" },
      why: "and one in the hour before, its time not compared",
    },
    {
      second: [event("a", ten + 2 * hourMs)],
      after: 2,
      entry: { hour: 2, events: "a" },
      why: "two hours on it counts, until a seal looks",
    },
  ])("after a first roll: $why", async ({ second, after = 0, entry }) => {
    const world = await meteringWorld();
    await roll(world, [stored([event("a", ten), event("b", ten, { serverTime: true })])]);
    await roll(world, [stored(second, ten + 1)], after);
    expect((await logOf(world)).slice(1)).toEqual([entry]);
  });

  test("leaves out what does not decode, and rolls the rest", async () => {
    const world = await meteringWorld();
    const [good, bad] = [stored([event("a", ten)]), damaged([event("b", ten)])];
    expect(await roll(world, [bad, good])).toEqual({ digests: [good.digest], quarantined: [bad.digest] });
    expect(await logOf(world)).toEqual([{ hour: 0, events: "a" }]);
  });

  test("appends nothing where there is nothing", async () => {
    const world = await meteringWorld();
    expect(await roll(world, [])).toEqual({ digests: [], quarantined: [] });
    expect([await logOf(world), world.register.noted]).toEqual([[], []]);
  });

  test("stores chunks before the statement that names them", async () => {
    const world = await meteringWorld();
    const seen: string[] = [];
    const log: MeteringWorld["log"] = {
      append: async (customer, statement) => {
        if (statement.page.kind === "chunks") await pagesOf(world.log, customer, statement);
        seen.push(statement.page.kind);
        return await world.log.append(customer, statement);
      },
      lastNumber: (customer) => world.log.lastNumber(customer),
      entriesFrom: (customer, number) => world.log.entriesFrom(customer, number),
      entriesOfHours: (customer, from, to) => world.log.entriesOfHours(customer, from, to),
      entriesWithVoids: (customer) => world.log.entriesWithVoids(customer),
      putChunk: (customer, key, index, blob) => world.log.putChunk(customer, key, index, blob),
      chunk: (customer, key, index) => world.log.chunk(customer, key, index),
    };
    await roll({ ...world, log }, [stored(Array.from({ length: 200 }, (_, i) => event(noise(i), ten)))]);
    expect(seen).toEqual(["chunks"]);
  });

  test("of two at once comes to one log, whoever was first", async () => {
    const world = await meteringWorld();
    const [one, two] = [
      stored([event("a", ten), event("b", ten)]),
      stored([event("b", ten), event("c", ten)], ten + 1),
    ];
    await Promise.all([roll(world, [one]), roll(world, [two]), roll(world, [one, two]), roll(world, [two])]);
    const log = await logOf(world);
    const ids = log.flatMap((entry) => ("events" in entry ? String(entry.events).split(" ") : []));
    expect(ids.toSorted()).toEqual(["a", "b", "c"]);
    expect(log.flatMap((entry) => ("duplicates" in entry ? [entry.duplicates] : []))).toEqual(["b"]);
  });
});

const facts: fc.Arbitrary<Fact> = fc
  .record({
    id: fc.constantFrom("a", "b", "c", "d", "e"),
    customer: fc.constantFrom(ann, bob),
    size: fc.constantFrom(1, 2),
    isVoid: fc.integer({ min: 0, max: 6 }).map((n) => n === 0),
  })
  .map(({ id, customer, size, isVoid }) =>
    isVoid ? voiding(id, ten, { customer }) : event(id, ten, { customer, data: { bytes: size } }),
  );
const batches = fc.array(fc.array(facts, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 });
/** Rolls of some of the bundles, in any order, some of them at once. */
const rolls = fc.array(fc.tuple(fc.array(fc.nat(3), { maxLength: 4 }), fc.boolean()), { maxLength: 5 });

/** How often each identity counts, in each customer's log, and how many rows the logs name. */
async function outcome(world: MeteringWorld) {
  const counts = new Map<string, number>();
  let rows = 0;
  for (const customer of [ann, bob]) {
    for (const statement of await world.log.entriesFrom(refOf(customer), 1)) {
      const pages = await pagesOf(world.log, refOf(customer), statement);
      const all = pages.flatMap((page) => Array.from({ length: page.count }, (_, row) => page.fact(row)));
      rows += all.length;
      for (const fact of all.slice(0, statement.counts.events)) {
        counts.set(identityOf(fact), (counts.get(identityOf(fact)) ?? 0) + 1);
      }
    }
  }
  return { counts, rows };
}

describe("rolls of any bundles", () => {
  test("count each identity once and name each row once, however bundles divide over rolls", async () => {
    await fc.assert(
      fc.asyncProperty(batches, rolls, async (all, order) => {
        const world = await meteringWorld();
        const bundles = all.map((rows, i) => stored(rows, ten + i));
        const distinct = [...new Map(bundles.map((bundle) => [bundle.digest, bundle])).values()];
        const pending: Promise<unknown>[] = [];
        for (const [chosen, atOnce] of order) {
          const done = roll(
            world,
            distinct.filter((_, i) => chosen.includes(i)),
          );
          if (atOnce) pending.push(done);
          else await done;
        }
        await Promise.all(pending);
        await roll(world, distinct);
        const { counts, rows } = await outcome(world);
        const sent = distinct.flatMap((bundle) => all[bundles.indexOf(bundle)] ?? []);
        const events = sent.filter(({ kind }) => kind === "event");
        expect(rows).toBe(sent.length);
        expect(new Set(counts.keys())).toEqual(new Set(events.map(identityOf)));
        expect([...counts.values()].every((count) => count === 1)).toBe(true);
        const before = await logOf(world);
        await roll(world, distinct);
        expect(await logOf(world)).toEqual(before);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  test("carry tallies that add up to the identities that count", async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(4), async (all, cut) => {
        const world = await meteringWorld();
        const bundles = all.map((rows, i) => stored(rows, ten + i));
        await roll(world, bundles.slice(0, cut));
        await roll(world, bundles);
        const statements = await world.log.entriesFrom(refOf(ann), 1);
        const counted = stateOf(
          statements.map(({ tally }) => tally),
          requests,
        ).value(always);
        const own = all.flat().filter(({ kind, customer }) => kind === "event" && customer === ann);
        expect(counted).toEqual({ digits: BigInt(new Set(own.map(identityOf)).size), scale: 0 });
      }),
      { numRuns: 30, seed: 2 },
    );
  });
});
