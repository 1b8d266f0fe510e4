import { customerId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "./event.ts";
import { hourOf, hourPlus } from "./hour.ts";
import { ann, event, hourMs, merchant, meteringWorld, noise, ten, tenth, voiding } from "./metering.fixture.ts";
import { type ShardPlan, shardOf } from "./shard.ts";
import { bundlesOf } from "./shard-roll.ts";
import { storeFacts } from "./store-facts.ts";

const end = ten + hourMs;
const manyShards: ShardPlan = { steps: [{ from: hourPlus(tenth, -100), count: 4 }] };

async function storedIn({ journal }: Awaited<ReturnType<typeof meteringWorld>>, hours: readonly number[], shards = 1) {
  const places = hours.flatMap((after) =>
    Array.from({ length: shards }, (_, shard) => ({ shard, hour: hourPlus(tenth, after) })),
  );
  const found = await Promise.all(places.map((at) => bundlesOf(journal, { merchant, ...at })));
  return found.flat();
}

describe("storeFacts", () => {
  test.for([
    { clock: ten, marks: 0, why: "at the hour's beginning" },
    { clock: end - 5001, marks: 0, why: "just before its end − 5 s" },
    { clock: end - 5000, marks: 1, why: "at its end − 5 s" },
    { clock: end - 1, marks: 1, why: "at its last instant" },
    { clock: end, marks: 1, why: "when it is over" },
    { clock: end + 30 * 24 * hourMs, marks: 1, why: "and ever after" },
    { clock: ten - 5 * 60_000, marks: 0, why: "before it began" },
  ])("leaves $marks marks: $why", async ({ clock, marks }) => {
    const world = await meteringWorld();
    world.at(clock);
    await world.send(event("a", ten), event("b", end - 1));
    const bundles = await storedIn(world, [0]);
    const named = bundles.map(({ digest }) => ({ hour: tenth, digest }));
    expect((await world.journal.marks(world.shard)).map((mark) => mark.bundles)).toEqual(marks === 0 ? [] : [named]);
  });

  test("looks at the clock after the bundles are stored", async () => {
    const world = await meteringWorld();
    world.at(end - 5001);
    const { journal } = world;
    const slow = {
      ...world,
      journal: { ...journal, putBundle: async () => world.at(end - 5000), putMark: journal.putMark.bind(journal) },
    };
    await storeFacts(slow, { merchant, facts: [event("a", ten)], receivedAt: ten });
    expect(await journal.marks(world.shard)).toHaveLength(1);
  });

  test("marks what is late alone, a mark a shard", async () => {
    const world = await meteringWorld(manyShards);
    const ids = Array.from({ length: 40 }, (_, i) => customerId(`c${i}`));
    world.at(end);
    await world.send(...ids.flatMap((customer) => [event("a", ten, { customer }), event("b", end, { customer })]));
    for (let shard = 0; shard < 4; shard++) {
      const marks = await world.journal.marks({ merchant, shard });
      expect(marks.map(({ bundles }) => bundles.map(({ hour }) => hour))).toEqual([[tenth]]);
    }
  });

  test("puts each fact in its shard and hour, as one bundle", async () => {
    const world = await meteringWorld(manyShards);
    const ids = Array.from({ length: 40 }, (_, i) => customerId(`c${i}`));
    await world.send(...ids.map((customer, i) => event("a", ten + (i % 2) * hourMs, { customer })));
    for (let shard = 0; shard < 4; shard++) {
      for (const after of [0, 1]) {
        const bundles = await bundlesOf(world.journal, { merchant, shard, hour: hourPlus(tenth, after) });
        const mine = ids.filter((id, i) => shardOf(id, 4) === shard && i % 2 === after);
        expect(bundles.map(({ events }) => events)).toEqual([mine.length]);
      }
    }
  });

  test.for([
    { hours: 1000, stored: true },
    { hours: 1001, stored: false },
  ])("of $hours hours in one request stores all or nothing", async ({ hours, stored }) => {
    const world = await meteringWorld();
    const facts = Array.from({ length: hours }, (_, i) => event("a", ten - i * hourMs));
    const answer = await storeFacts(world, { merchant, facts, receivedAt: ten });
    const refused = { ok: false, error: { code: "too_scattered", shardHours: 1001, limit: 1000 } };
    expect(answer).toEqual(stored ? { ok: true, value: undefined } : refused);
    expect(await storedIn(world, [0, -1, -500])).toHaveLength(stored ? 3 : 0);
    const marks = await world.journal.marks(world.shard);
    expect(marks.map(({ bundles }) => bundles.length)).toEqual(stored ? [999] : []);
  });

  test("splits what is larger than a bundle", async () => {
    const world = await meteringWorld();
    await world.send(
      ...Array.from({ length: 60 }, (_, i) => event(noise(i), ten, { data: { text: noise(-i, 8000) } })),
    );
    const bundles = await storedIn(world, [0]);
    expect(bundles.length).toBeGreaterThan(2);
    expect(bundles.every(({ blob }) => blob.length <= 128 * 1024)).toBe(true);
    expect(bundles.reduce((sum, { events }) => sum + events, 0)).toBe(60);
  });

  const facts: fc.Arbitrary<Fact> = fc
    .record({ id: fc.constantFrom("a", "b", "c"), after: fc.integer({ min: -3, max: 0 }), isVoid: fc.boolean() })
    .map(({ id, after, isVoid }) => (isVoid ? voiding : event)(id, ten + after * hourMs, { customer: ann }));

  test("of the same facts again, at any later time, adds no bundle and keeps the first receipt", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 1, maxLength: 8 }), fc.nat(3 * hourMs), async (all, wait) => {
        const world = await meteringWorld();
        await world.send(...all);
        const [before, marks] = [await storedIn(world, [-3, -2, -1, 0]), await world.journal.marks(world.shard)];
        world.at(ten + wait);
        await world.send(...all);
        expect(await storedIn(world, [-3, -2, -1, 0])).toEqual(before);
        const late = all.some(({ time }) => hourOf(time) === tenth) && ten + wait >= end - 5000;
        if (!late) expect(await world.journal.marks(world.shard)).toEqual(marks);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  test("marks every bundle whose hour is over, whatever was there before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 1, maxLength: 8 }), fc.boolean(), async (all, sentBefore) => {
        const world = await meteringWorld();
        if (sentBefore) {
          await world.send(...all);
          for (const { id } of await world.journal.marks(world.shard)) await world.journal.removeMark(world.shard, id);
        }
        await world.send(...all);
        const marked = (await world.journal.marks(world.shard)).flatMap(({ bundles }) =>
          bundles.map(({ digest }) => digest),
        );
        const late = (await storedIn(world, [-3, -2, -1])).map(({ digest }) => digest);
        expect(marked.toSorted()).toEqual(late.toSorted());
      }),
      { numRuns: 30, seed: 2 },
    );
  });
});
