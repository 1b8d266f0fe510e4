import { describe, expect, test } from "vitest";
import { acceptNamed } from "./accept-backfill.ts";
import {
  commitBackfill,
  dropBackfill,
  getBackfill,
  listBackfills,
  openBackfill,
  planBackfills,
} from "./close-backfill.ts";
import { type CrashPoint, crashing, eachCrash, survive } from "./faults.fixture.ts";
import { memoryBackfillQueue, memoryBackfills, memoryRollQueue, memoryStaging } from "./memory.ts";
import { ann, bob, hourMs, logOf, merchant, meteringWorld, ten } from "./metering.fixture.ts";
import { putShards } from "./put-shards.ts";
import { shardsEver } from "./shard.ts";
import { rollClosedHours, rollMarked, sweepShard } from "./shard-roll.ts";
import { workBackfill } from "./work-backfill.ts";

const day = 24 * hourMs;
const of = { merchant, name: "may" };
const timeAt = (ms: number) => new Date(ms).toISOString();
const wire = (id: string, time: number, more: object = {}) => ({
  ...{ id, type: "request", customer: "ann", time: timeAt(time), data: { bytes: 10 } },
  ...more,
});
const ample = { remainingMs: () => 900_000 };

async function backfillWorld() {
  const world = await meteringWorld();
  const customers = { knownCustomers: async () => new Set([ann, bob]) };
  const stores = {
    ...world,
    customers,
    backfills: memoryBackfills(),
    staging: memoryStaging({ bundlesPerPage: 2 }),
    queue: memoryBackfillQueue(),
    rolls: memoryRollQueue(),
  };
  return {
    ...stores,
    send(events: readonly object[], { backfill }: { backfill?: string } = { backfill: "may" }) {
      const text = JSON.stringify(events);
      return acceptNamed(stores, { merchant, text, kind: "json", receivedAt: stores.clock.now(), backfill });
    },
    async drain(on: Partial<typeof stores> = {}, time = ample) {
      for (let ask = stores.queue.asked.shift(); ask !== undefined; ask = stores.queue.asked.shift())
        await workBackfill({ ...stores, ...on }, ask, time);
    },
    async roll() {
      for (const { shard } of shardsEver(await stores.plans.shardPlan(merchant))) {
        await rollClosedHours(stores, { merchant, shard });
        await sweepShard(stores, { merchant, shard });
        await rollMarked(stores, { merchant, shard });
      }
    },
    async status() {
      return (await stores.backfills.backfill(of))?.status;
    },
  };
}

const old = [wire("a", ten - 100 * day), wire("b", ten - 99 * day), wire("c", ten, { customer: "bob" })];
const staged = { accepted: 3, rejectedCount: 0, backfill: { name: "may", staged: true } };

describe("events of a backfill", () => {
  test("wait apart until it is committed, then count; the same again changes nothing", async () => {
    const world = await backfillWorld();
    expect(await openBackfill(world, of)).toMatchObject({ value: { name: "may", status: "open" } });
    for (let time = 0; time < 2; time++) expect(await world.send(old)).toMatchObject({ ok: true, value: staged });
    world.at(ten + 2 * hourMs);
    await world.roll();
    expect([await logOf(world), await logOf(world, bob)]).toEqual([[], []]);
    const held = { events: 3, customers: 2, from: timeAt(ten - 100 * day), to: timeAt(ten) };
    expect(await getBackfill(world, of)).toMatchObject({ value: { status: "open", ...held } });
    expect(await commitBackfill(world, of)).toMatchObject({ value: { status: "committing" } });
    await world.drain();
    expect(await getBackfill(world, of)).toMatchObject({ value: { status: "committed", ...held } });
    await world.roll();
    const logs = [
      [
        { hour: -2400, events: "a" },
        { hour: -2376, events: "b" },
      ],
      [{ hour: 0, events: "c" }],
    ];
    expect([await logOf(world), await logOf(world, bob)]).toEqual(logs);
    expect(await commitBackfill(world, of)).toMatchObject({ value: { status: "committed" } });
    await world.drain();
    await world.roll();
    expect([await logOf(world), await logOf(world, bob)]).toEqual(logs);
  });

  test("are gone when it is dropped", async () => {
    const world = await backfillWorld();
    await openBackfill(world, of);
    await world.send(old);
    expect(await dropBackfill(world, of)).toMatchObject({ value: { status: "dropped" } });
    await world.drain();
    expect(await world.status()).toBe("dropped");
    expect(await getBackfill(world, of)).toMatchObject({ value: { status: "dropped", events: 3 } });
    expect(await world.staging.stagedBundles(of, 0)).toEqual({ bundles: [] });
    world.at(ten + 2 * hourMs);
    await world.roll();
    expect([await logOf(world), await logOf(world, bob)]).toEqual([[], []]);
  });

  test("under a name that nobody opened are taken at once", async () => {
    const world = await backfillWorld();
    expect(await world.send(old)).toMatchObject({
      ok: true,
      value: { ...staged, backfill: { name: "may", staged: false } },
    });
    await world.roll();
    expect(await logOf(world)).toHaveLength(2);
    expect(await world.send([wire("a", ten)], {})).not.toHaveProperty("value.backfill");
  });

  test("of hours in several shards are found in each", async () => {
    const world = await backfillWorld();
    await putShards(world, { merchant, count: 64 });
    world.at(ten + 2 * hourMs);
    await openBackfill(world, of);
    const customers = Array.from({ length: 20 }, (_, i) => `c${i}`);
    await world.send(
      customers.flatMap((customer) => [
        wire("x", ten - 40 * day, { customer }),
        wire("y", ten + 2 * hourMs, { customer }),
      ]),
    );
    expect(await getBackfill(world, of)).toMatchObject({ value: { events: 40, customers: 20 } });
    await commitBackfill(world, of);
    await world.drain();
    expect(await world.status()).toBe("committed");
    world.at(ten + 4 * hourMs);
    await world.roll();
    expect(world.register.noted).toHaveLength(20);
  });
});

describe("a backfill", () => {
  test.for([
    { end: commitBackfill, other: dropBackfill, why: "committed" },
    { end: dropBackfill, other: commitBackfill, why: "dropped" },
  ])("that was $why takes nothing more, and stays so", async ({ end, other, why }) => {
    const world = await backfillWorld();
    await openBackfill(world, of);
    await end(world, of);
    for (let time = 0; time < 2; time++) {
      const refused = { ok: false, error: { code: "backfill_closed" } };
      expect(await world.send(old)).toMatchObject(refused);
      expect(await openBackfill(world, of)).toMatchObject(refused);
      expect(await other(world, of)).toMatchObject(refused);
      expect((await end(world, of)).ok).toBe(true);
      await world.drain();
    }
    expect(await world.status()).toBe(why);
    expect(await listBackfills(world, { merchant, limit: 5 })).toMatchObject({ value: { items: [{ status: why }] } });
  });

  test("that nobody opened is not found", async () => {
    const world = await backfillWorld();
    const missing = { ok: false, error: { code: "not_found" } };
    for (const use of [getBackfill, commitBackfill, dropBackfill]) expect(await use(world, of)).toEqual(missing);
  });

  test("is pushed on where its messages were lost, and puts itself back when its time is up", async () => {
    const world = await backfillWorld();
    await openBackfill(world, of);
    await world.send(old);
    await commitBackfill(world, of);
    world.queue.asked.length = 0;
    await planBackfills(world);
    await workBackfill(world, world.queue.asked.shift() ?? of, ample);
    expect(world.queue.asked).toEqual([{ ...of, shard: 0 }]);
    await workBackfill(world, { ...of, shard: 0 }, { remainingMs: () => 59_999 });
    expect(world.queue.asked).toEqual([
      { ...of, shard: 0 },
      { ...of, shard: 0 },
    ]);
    expect((await world.staging.stagedBundles(of, 0)).bundles).toHaveLength(1);
    world.queue.asked.length = 0;
    await planBackfills(world);
    await world.drain();
    expect(await world.status()).toBe("committed");
    await planBackfills(world);
    expect(world.queue.asked).toEqual([]);
  });

  test.for([
    { end: commitBackfill, ok: true, why: "committed: what was answered counts" },
    { end: dropBackfill, ok: false, why: "dropped: it is refused" },
  ])("takes a request that was on its way while it was $why", async ({ end, ok }) => {
    const world = await backfillWorld();
    await openBackfill(world, of);
    // The whole end comes between this writer's put and its look.
    const staging: typeof world.staging = {
      stageBundle: async (...words) => {
        await end(world, of);
        await world.drain();
        await world.staging.stageBundle(...words);
      },
      stagedBundles: (...words) => world.staging.stagedBundles(...words),
      unstageBundle: (...words) => world.staging.unstageBundle(...words),
    };
    const text = JSON.stringify([wire("a", ten - 100 * day)]);
    const request = { merchant, text, kind: "json", receivedAt: ten, backfill: "may" } as const;
    expect((await acceptNamed({ ...world, staging }, request)).ok).toBe(ok);
    world.at(ten + 2 * hourMs);
    await world.roll();
    expect(await logOf(world)).toHaveLength(ok ? 1 : 0);
  });
});

describe("dies at any call, and ends whole", () => {
  /** Opens, sends, closes and works on a backfill, where one call dies; then does again what clients and schedules do. */
  async function run(end: typeof commitBackfill, point?: CrashPoint) {
    const world = await backfillWorld();
    const { backfills, staging, journal, plans, queue, log, progress } = world;
    const faulty = crashing({ backfills, staging, journal, plans, queue, log, progress }, point);
    const on = { ...world, ...faulty.stores };
    const request = { merchant, text: JSON.stringify(old), kind: "json", receivedAt: ten, backfill: "may" } as const;
    await survive(() => openBackfill(on, of));
    await openBackfill(world, of);
    await survive(() => acceptNamed(on, request));
    await acceptNamed(world, request);
    await survive(() => end(on, of));
    for (let ask = queue.asked.shift(); ask !== undefined; ask = queue.asked.shift()) {
      const step = ask;
      if ((await survive(() => workBackfill(on, step, ample))) === "crashed") await workBackfill(world, step, ample);
    }
    await end(world, of);
    await world.drain();
    world.at(ten + 2 * hourMs);
    await world.roll();
    return { calls: faulty.calls, world };
  }

  test("a commit", async () => {
    const calls = await eachCrash(async (point) => {
      const { calls, world } = await run(commitBackfill, point);
      expect(await world.status()).toBe("committed");
      expect(await logOf(world)).toEqual([
        { hour: -2400, events: "a" },
        { hour: -2376, events: "b" },
      ]);
      expect(await logOf(world, bob)).toEqual([{ hour: 0, events: "c" }]);
      expect(await world.journal.marks(world.shard)).toEqual([]);
      expect(await getBackfill(world, of)).toMatchObject({ value: { events: 3, customers: 2 } });
      return { calls };
    });
    expect(calls).toBeGreaterThan(25);
  });

  test("a drop, of which nothing is left", async () => {
    await eachCrash(async (point) => {
      const { calls, world } = await run(dropBackfill, point);
      expect(await world.status()).toBe("dropped");
      expect([await logOf(world), await logOf(world, bob)]).toEqual([[], []]);
      expect(await world.staging.stagedBundles(of, 0)).toEqual({ bundles: [] });
      return { calls };
    });
  });
});
