import { add, type Decimal, expectOk, formatDecimal, zero } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "./event.ts";
import {
  ann,
  bob,
  bytes,
  event,
  hourMs,
  identityOf,
  type MeteringWorld,
  merchant,
  meteringWorld,
  minute,
  requests,
  ten,
  voiding,
} from "./metering.fixture.ts";
import { rollClosedHours, rollMarked, rollOpenHours } from "./shard-roll.ts";
import type { Statement, StatementLog } from "./statement.ts";
import { queryUsage, type Usage, type UsageQuery } from "./usage.ts";
import { usageDocument } from "./usage-document.ts";

const range = { from: ten, to: ten + hourMs };
const plain = { merchant, meter: "requests", window: "none", groupBy: [], timezone: "UTC" } as const;

const ask = (world: MeteringWorld, query: Partial<UsageQuery> = {}) =>
  queryUsage(world, { ...plain, ...range, ...query });

async function values(world: MeteringWorld, query: Partial<UsageQuery> = {}): Promise<readonly string[]> {
  return rowsOf(expectOk(await ask(world, query)));
}

function rowsOf({ rows }: Usage): readonly string[] {
  return rows.map(({ customer, group, value }) => {
    const names = [customer, ...Object.values(group ?? {}).map(String)].filter((name) => name !== undefined);
    return [...names, value === null ? "none" : formatDecimal(value)].join(" ");
  });
}

const total = ({ rows }: Usage): Decimal => rows.reduce((sum, { value }) => add(sum, value ?? zero), zero);

/** Rolls all that a roll can take by now. */
async function rollAll(world: MeteringWorld): Promise<void> {
  await rollClosedHours(world, world.shard);
  await rollMarked(world, world.shard);
}

const stages = {
  "in bundles": async () => {},
  "in part rolled": (world: MeteringWorld) => rollOpenHours(world, world.shard),
  "in statements": async (world: MeteringWorld) => {
    world.at(ten + 3 * hourMs);
    await rollAll(world);
  },
} satisfies Record<string, (world: MeteringWorld) => Promise<void>>;

describe.for(Object.entries(stages))("usage of events %s", ([, stage]) => {
  async function busy(): Promise<MeteringWorld> {
    const world = await meteringWorld();
    world.at(ten + hourMs + 10 * minute);
    await world.send(
      event("a", ten),
      event("b", ten + 30 * minute, { data: { bytes: "0.5", region: "us" } }),
      event("c", ten + 59 * minute, { data: { bytes: 3 } }),
      event("d", ten + hourMs),
      event("a", ten + 1, { customer: bob }),
      event("x", ten, { type: "other" }),
      event("pay", ten, { type: "charge", data: { amount: "0.0004", currency: "USD" } }),
    );
    await stage(world);
    return world;
  }

  test.for<{ query: Partial<UsageQuery>; rows: string[]; why: string }>([
    { query: {}, rows: ["4"], why: "all customers" },
    { query: { customer: ann }, rows: ["3"], why: "one customer" },
    { query: { groupBy: ["customer"] }, rows: ["ann 3", "bob 1"], why: "each customer" },
    { query: { meter: "bytes" }, rows: ["23.5"], why: "an exact sum" },
    {
      query: { meter: "bytes", groupBy: ["region"] },
      rows: ["null 3", "eu 20", "us 0.5"],
      why: "groups, also without one",
    },
    {
      query: { meter: "bytes", groupBy: ["region", "customer"] },
      rows: ["ann null 3", "ann eu 10", "ann us 0.5", "bob eu 10"],
      why: "groups of customers",
    },
    { query: { meter: "charge", groupBy: ["currency"] }, rows: ["USD 0.0004"], why: "the built-in meter" },
    { query: { from: ten + 1 }, rows: ["3"], why: "from inside an hour" },
    { query: { to: ten + 59 * minute }, rows: ["3"], why: "to inside an hour, its end not taken" },
    { query: { from: ten + 40 * minute, to: ten + 50 * minute }, rows: ["0"], why: "between events" },
    { query: { from: ten, to: ten + 2 * hourMs, window: "hour" }, rows: ["4", "1"], why: "hour by hour" },
    {
      query: { from: ten, to: ten + hourMs, window: "hour", timezone: "Asia/Kolkata" },
      rows: ["2", "2"],
      why: "hours that begin at half past",
    },
    { query: { groupBy: ["customer"], from: ten - hourMs, to: ten }, rows: [], why: "nobody has anything" },
    { query: { from: ten - hourMs, to: ten }, rows: ["0"], why: "nothing is nought" },
  ])("shows $rows: $why", async ({ query, rows }) => {
    expect((await values(await busy(), query)).toSorted()).toEqual(rows.toSorted());
  });

  test.for([
    { facts: [event("a", ten), event("a", ten)], count: "1", why: "a copy in the same hour" },
    { facts: [event("a", ten), event("a", ten + hourMs)], count: "1", why: "a copy in the next hour" },
    { facts: [event("a", ten + hourMs), event("a", ten + 1)], count: "1", why: "a copy in the hour before" },
    { facts: [event("a", ten), event("a", ten, { source: "s" })], count: "2", why: "another source" },
    { facts: [event("a", ten), voiding("a", ten)], count: "0", why: "a void in its hour" },
    { facts: [event("a", ten), voiding("a", ten + hourMs)], count: "0", why: "a void after it" },
    { facts: [event("a", ten), voiding("a", ten - 1)], count: "0", why: "a void in the hour before it" },
    {
      facts: [event("a", ten), voiding("b", ten), voiding("a", ten, { source: "s" })],
      count: "1",
      why: "voids of others",
    },
  ])("counts $count: $why", async ({ facts, count }) => {
    const world = await meteringWorld();
    world.at(ten + hourMs + 10 * minute);
    for (const fact of facts) await world.send(fact);
    await stage(world);
    expect(await values(world, { from: ten - 2 * hourMs, to: ten + 2 * hourMs })).toEqual([count]);
    const byHour = expectOk(await ask(world, { from: ten - 2 * hourMs, to: ten + 2 * hourMs, window: "hour" }));
    expect(formatDecimal(total(byHour))).toBe(count);
  });

  test("asked hour by hour adds up to what is asked at once, copies and voids in other hours counted", async () => {
    const world = await meteringWorld();
    world.at(ten + hourMs + 10 * minute);
    await world.send(event("a", ten), event("b", ten), event("c", ten - hourMs));
    await world.send(event("a", ten + hourMs), event("b", ten - 1), event("d", ten + hourMs));
    await world.send(voiding("d", ten), event("e", ten + hourMs), event("e", ten), event("e", ten - 1));
    await stage(world);
    const at = (hour: number) => values(world, { from: ten + hour * hourMs, to: ten + (hour + 1) * hourMs });
    const parts = [...(await at(-1)), ...(await at(0)), ...(await at(1))].map(Number);
    const whole = await values(world, { from: ten - hourMs, to: ten + 2 * hourMs });
    expect(parts.reduce((sum, value) => sum + value, 0)).toBe(Number(whole[0]));
  });
});

describe("queryUsage", () => {
  test("of days of a zone whose clocks change holds each event once", async () => {
    const world = await meteringWorld();
    const [from, to] = [Date.parse("2026-03-27T23:00:00Z"), Date.parse("2026-03-30T22:00:00Z")];
    world.at(to + hourMs);
    const times = Array.from({ length: 71 }, (_, hour) => from + hour * hourMs);
    await world.send(...times.map((time, i) => event(`e${i}`, time)));
    await rollMarked(world, world.shard);
    const query = { from, to, window: "day", timezone: "Europe/Paris" } as const;
    expect(await values(world, query)).toEqual(["24", "23", "24"]);
  });

  test("shows an event that was answered a moment ago, in the hour that a roll has passed as well", async () => {
    const world = await meteringWorld();
    world.at(ten + 3 * hourMs);
    await rollAll(world);
    await world.send(event("late", ten));
    expect(await values(world)).toEqual(["1"]);
    await world.send(event("late", ten));
    expect(await values(world)).toEqual(["1"]);
  });

  test("leaves out what a later void stands against, also when that is rolled, long after", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten), event("b", ten));
    for (const days of [5, 6]) {
      world.at(ten + days * 24 * hourMs);
      if (days === 5) await world.send(voiding("a", ten + days * 24 * hourMs));
      expect(await values(world)).toEqual(["1"]);
      await rollAll(world);
      expect(await values(world)).toEqual(["1"]);
    }
  });

  test.for([
    { ahead: 2 * hourMs, why: "two hours before" },
    { ahead: 30 * 24 * hourMs, why: "thirty days before" },
    { ahead: -30 * 24 * hourMs, why: "thirty days after" },
  ])("leaves out what a void stands against that lies $why the range, before and after rolls", async ({ ahead }) => {
    const world = await meteringWorld();
    world.at(ten + hourMs / 2);
    if (ahead > 0) await world.send(voiding("a", ten - ahead));
    await rollAll(world);
    await world.send(event("a", ten), event("b", ten), event("a", ten + 10 * 24 * hourMs));
    world.at(ten + 40 * 24 * hourMs);
    if (ahead < 0) await world.send(voiding("a", ten - ahead));
    const tenth = { from: ten + 10 * 24 * hourMs, to: ten + 10 * 24 * hourMs + hourMs };
    for (let time = 0; time < 2; time++) {
      expect([await values(world), await values(world, tenth)]).toEqual([["1"], ["0"]]);
      await rollAll(world);
    }
  });

  test("leaves out what a void stands against that no roll has seen, far before the range", async () => {
    const world = await meteringWorld();
    world.at(ten + 3 * hourMs);
    await world.send(event("a", ten), event("b", ten));
    await rollAll(world);
    await world.send(voiding("a", ten - 30 * 24 * hourMs));
    expect(await values(world)).toEqual(["1"]);
    await rollAll(world);
    expect(await values(world)).toEqual(["1"]);
  });

  test("reads no statement outside of the range for voids, but those that have any", async () => {
    const world = await meteringWorld();
    for (let at = 0; at < 48; at++) {
      world.at(ten + at * hourMs);
      await world.send(at === 2 ? voiding("e40", ten + at * hourMs) : event(`e${at}`, ten + at * hourMs));
    }
    world.at(ten + 50 * hourMs);
    await rollAll(world);
    const read = new Set<number>();
    const noted = (all: readonly Statement[]) => {
      for (const { number } of all) read.add(number);
      return all;
    };
    const log = Object.assign(Object.create(world.log) as StatementLog, {
      entriesOfHours: async (...words: Parameters<StatementLog["entriesOfHours"]>) =>
        noted(await world.log.entriesOfHours(...words)),
      entriesWithVoids: async (...words: Parameters<StatementLog["entriesWithVoids"]>) =>
        noted(await world.log.entriesWithVoids(...words)),
    });
    const usage = await ask({ ...world, log }, { from: ten + 40 * hourMs, to: ten + 42 * hourMs });
    expect(rowsOf(expectOk(usage))).toEqual(["1"]);
    expect(read.size).toBe(5);
  });

  test("counts by the meters of today, whatever a roll counted by", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten), event("b", ten, { type: "other" }));
    world.at(ten + 2 * hourMs);
    await rollAll(world);
    const others = { ...requests, eventType: "other", revision: 2 };
    await world.meters.publishMeters(merchant, {
      revision: 2,
      meters: [bytes, others, { ...bytes, key: "new", groupBy: [] }],
    });
    expect(await values(world)).toEqual(["1"]);
    expect(await values(world, { meter: "new" })).toEqual(["10"]);
  });

  test("tells when it was asked, and the ends of its windows", async () => {
    const world = await meteringWorld();
    const usage = expectOk(await ask(world, { from: ten + minute, window: "hour" }));
    expect(usage).toEqual({
      meter: "requests",
      asOf: ten,
      rows: [{ from: ten + minute, to: ten + hourMs, value: zero }],
    });
  });

  test.for<{ query: Partial<UsageQuery>; error: object; why: string }>([
    { query: { meter: "m" }, error: { code: "unknown_meter", meter: "m" }, why: "no such meter" },
    { query: { groupBy: ["region"] }, error: { code: "unknown_group", group: "region" }, why: "no such group" },
    { query: { timezone: "Mars" }, error: { code: "unknown_timezone", timezone: "Mars" }, why: "no such zone" },
    {
      query: { from: 0, window: "minute" },
      error: { code: "too_many_windows", limit: 50_000 },
      why: "minutes of half a century",
    },
    {
      query: { meter: "m", groupBy: ["x"], timezone: "Mars" },
      error: { code: "unknown_meter", meter: "m" },
      why: "first",
    },
    { query: { groupBy: ["x"], timezone: "Mars" }, error: { code: "unknown_group", group: "x" }, why: "second" },
  ])("refuses $error: $why", async ({ query, error }) => {
    expect(await ask(await meteringWorld(), query)).toEqual({ ok: false, error });
  });
});

const facts: fc.Arbitrary<Fact> = fc
  .record({
    id: fc.constantFrom("a", "b", "c", "d"),
    customer: fc.constantFrom(ann, bob),
    after: fc.integer({ min: -30, max: 89 }),
    region: fc.constantFrom("eu", "us", null),
    isVoid: fc.integer({ min: 0, max: 8 }).map((n) => n === 0),
  })
  .map(({ id, customer, after, region, isVoid }) => {
    const time = ten + after * minute;
    return isVoid ? voiding(id, time, { customer }) : event(id, time, { customer, data: { bytes: 7, region } });
  });
const requestsOf = fc.array(fc.array(facts, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 });

describe("usage of any events", () => {
  const whole = { from: ten - hourMs, to: ten + 2 * hourMs };

  test("adds up over windows, groups and customers, and counts no identity twice in neighbouring hours", async () => {
    await fc.assert(
      fc.asyncProperty(requestsOf, fc.nat(4), async (sent, rolledAfter) => {
        const world = await meteringWorld();
        world.at(ten + hourMs + 30 * minute);
        for (const [index, batch] of sent.entries()) {
          await world.send(...batch);
          if (index === rolledAfter) await rollAll(world);
        }
        const sum = async (query: Partial<UsageQuery>) =>
          formatDecimal(total(expectOk(await ask(world, { ...whole, ...query }))));
        const all = await sum({ meter: "bytes" });
        const cuts: Partial<UsageQuery>[] = [
          { window: "minute" },
          { window: "hour", timezone: "Asia/Kathmandu" },
          { groupBy: ["region"] },
          { groupBy: ["customer"] },
          { groupBy: ["region", "customer"], window: "hour" },
        ];
        for (const cut of cuts) expect(await sum({ meter: "bytes", ...cut })).toBe(all);
        const flat = sent.flat();
        const voided = new Set(flat.filter(({ kind }) => kind === "void").map(identityOf));
        const alive = flat.filter((fact) => fact.kind === "event" && !voided.has(identityOf(fact)));
        const counted = Number(await sum({}));
        const hours = (fact: Fact) => Math.floor(fact.time / hourMs);
        const apart = [...Map.groupBy(alive, identityOf).values()].map((copies) => {
          const own = copies.map(hours);
          return Math.max(...own) - Math.min(...own) > 1 ? 2 : 1;
        });
        expect(counted).toBeGreaterThanOrEqual(apart.length);
        expect(counted).toBeLessThanOrEqual(apart.reduce((most, copies) => most + copies, 0));
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  test("is the same before a roll and after it", async () => {
    await fc.assert(
      fc.asyncProperty(requestsOf, async (sent) => {
        const world = await meteringWorld();
        world.at(ten + hourMs + 30 * minute);
        for (const batch of sent) await world.send(...batch);
        const query = { ...whole, meter: "bytes", window: "hour", groupBy: ["customer", "region"] } as const;
        const before = await values(world, query);
        await rollMarked(world, world.shard);
        await rollOpenHours(world, world.shard);
        expect(await values(world, query)).toEqual(before);
        world.at(ten + 5 * hourMs);
        await rollAll(world);
        expect(await values(world, query)).toEqual(before);
      }),
      { numRuns: 30, seed: 2 },
    );
  });
});

describe("usageDocument", () => {
  test("shows times and values as text", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten, { data: { bytes: "0.50", region: "eu" } }));
    const { groupBy: _, ...query } = plain;
    const shown = await usageDocument(world, { ...query, ...range, meter: "bytes", groupBy: ["customer", "region"] });
    expect(expectOk(shown)).toEqual({
      groupBy: ["customer", "region"],
      meter: "bytes",
      from: "2026-03-02T10:00:00.000Z",
      to: "2026-03-02T11:00:00.000Z",
      window: "none",
      rows: [
        {
          from: "2026-03-02T10:00:00.000Z",
          to: "2026-03-02T11:00:00.000Z",
          customer: "ann",
          group: { region: "eu" },
          value: "0.5",
        },
      ],
      asOf: "2026-03-02T10:00:00.000Z",
    });
    expect(expectOk(await usageDocument(world, { ...query, ...range })).rows.map(({ value }) => value)).toEqual(["1"]);
  });

  test.for([
    { from: ten, to: ten },
    { from: ten, to: ten - 1 },
  ])("refuses a range from $from to $to", async (empty) => {
    const answer = await usageDocument(await meteringWorld(), { ...plain, ...empty, meter: "m" });
    expect(answer).toMatchObject({ ok: false, error: { code: "invalid_range" } });
  });
});
