import { expectOk } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryMeterSets } from "./memory.ts";
import type { MeterSet, MeterSets } from "./meter.ts";
import { merchant } from "./metering.fixture.ts";
import { getMeter, listMeters, type MeterBody, putMeter } from "./put-meter.ts";

const tokens: MeterBody = {
  eventType: "call",
  aggregation: "sum",
  value: "tokens",
  groupBy: ["model"],
  name: "Tokens",
};

function world(meters: MeterSets = memoryMeterSets()) {
  let now = Date.UTC(2026, 2, 2);
  let billed: number | undefined;
  const stores = { meters, clock: { now: () => now++ }, billedThrough: async () => billed };
  const put = (key: string, body: MeterBody) => putMeter(stores, { merchant, key, body });
  const bill = (through: number) => {
    billed = through;
  };
  return { ...stores, put, bill };
}

describe("putMeter", () => {
  test.for<{ change: Partial<MeterBody>; meter: number; set: number; why: string }>([
    { change: {}, meter: 1, set: 1, why: "the same says nothing new" },
    { change: { name: "Words" }, meter: 1, set: 2, why: "a name is published, but counts the same" },
    { change: { name: undefined }, meter: 1, set: 2, why: "also when it goes" },
    { change: { unit: "token" }, meter: 1, set: 2, why: "so does a unit" },
    { change: { value: "usage.tokens" }, meter: 2, set: 2, why: "another value" },
    { change: { eventType: "request" }, meter: 2, set: 2, why: "another type" },
    { change: { aggregation: "count" }, meter: 2, set: 2, why: "another aggregation" },
    { change: { groupBy: [] }, meter: 2, set: 2, why: "other groups" },
    { change: { groupBy: undefined }, meter: 2, set: 2, why: "no groups" },
    { change: { filter: { model: "lite" } }, meter: 2, set: 2, why: "a filter" },
  ])("changed by $change has revision $meter of set $set: $why", async ({ change, meter, set }) => {
    const { meters, put } = world();
    const first = expectOk(await put("tokens", tokens));
    const second = expectOk(await put("tokens", { ...tokens, ...change }));
    expect(second.revision).toBe(meter);
    expect(second.createdAt).toBe(first.createdAt);
    expect((await meters.currentMeters(merchant)).revision).toBe(set);
    expect((await meters.metersAt(merchant, 1)).meters[0]?.name).toBe("Tokens");
  });

  test.for<{ key?: string; body: Partial<MeterBody>; path: string; why: string }>([
    { key: "charge", body: {}, path: "key", why: "the meter of direct charges is built in" },
    { body: { value: undefined }, path: "value", why: "a sum adds a value up" },
    { body: { groupBy: ["a", "a"] }, path: "groupBy", why: "a group is named once" },
    { body: { aggregation: "unique_count", value: undefined }, path: "value", why: "so does a count of values" },
    { body: { operation: "op" }, path: "operation", why: "values are taken away from one aggregation alone" },
    { key: "charge", body: { value: undefined }, path: "key", why: "the key is looked at first" },
    { body: { value: undefined, groupBy: ["a", "a"] }, path: "value", why: "then the value" },
  ])("refuses by $path: $why", async ({ key = "m", body, path }) => {
    const { meters, put } = world();
    const answer = await put(key, { ...tokens, ...body });
    expect(answer).toMatchObject({ ok: false, error: { code: "invalid_request", issues: [{ path }] } });
    expect((await meters.currentMeters(merchant)).revision).toBe(0);
  });

  test("says from when on all events are counted by the definition", async () => {
    const { put, bill, meters } = world();
    expect(expectOk(await put("tokens", tokens)).countsFrom).toBe(null);
    bill(Date.UTC(2026, 2));
    expect(expectOk(await put("tokens", { ...tokens, name: "Words" })).countsFrom).toBe(null);
    const changed = expectOk(await put("tokens", { ...tokens, value: "words" }));
    expect(changed.countsFrom).toBe("2026-03-01T00:00:00.000Z");
    bill(Date.UTC(2026, 3));
    expect(expectOk(await put("tokens", { ...tokens, value: "words" }))).toEqual(changed);
    expect(await getMeter({ meters }, { merchant, key: "tokens" })).toEqual({ ok: true, value: changed });
  });

  test("never turns a meter that carries values into one that does not, or back", async () => {
    const { put } = world();
    expectOk(await put("seats", { ...tokens, aggregation: "weighted_sum" }));
    expectOk(await put("seats", { ...tokens, aggregation: "sum_prorated" }));
    const refused = { ok: false, error: { code: "invalid_request", issues: [{ path: "aggregation" }] } };
    expect(await put("seats", tokens)).toMatchObject(refused);
    expectOk(await put("tokens", tokens));
    expect(await put("tokens", { ...tokens, aggregation: "weighted_sum" })).toMatchObject(refused);
  });

  test("takes 500 meters of a merchant, no more, and changes of those", async () => {
    const { meters, put } = world();
    const one = { eventType: "e", aggregation: "count", groupBy: [], revision: 1, createdAt: 0, updatedAt: 0 } as const;
    const full: MeterSet = { revision: 1, meters: Array.from({ length: 499 }, (_, i) => ({ ...one, key: `m${i}` })) };
    await meters.publishMeters(merchant, full);
    expect((await put("last", tokens)).ok).toBe(true);
    expect(await put("more", tokens)).toMatchObject({ ok: false, error: { issues: [{ path: "key" }] } });
    expect((await put("m0", tokens)).ok).toBe(true);
  });

  test("keeps what others publish at the same time", async () => {
    const { meters, put } = world();
    const keys = Array.from({ length: 12 }, (_, i) => `m${i}`);
    await Promise.all(keys.map((key) => put(key, tokens)));
    const set = await meters.currentMeters(merchant);
    expect(set.meters.map(({ key }) => key)).toEqual(keys.toSorted());
    expect(set.revision).toBe(12);
  });

  test("gives every published set meters whose revision is a set that has them so", async () => {
    const changes = fc.array(
      fc.record({
        key: fc.constantFrom("a", "b"),
        name: fc.constantFrom("x", "y"),
        value: fc.constantFrom("v", "w"),
      }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const { meters, put } = world();
        for (const { key, ...body } of all) await put(key, { ...tokens, ...body });
        const { revision } = await meters.currentMeters(merchant);
        const definition = ({ eventType, aggregation, value, groupBy }: MeterBody) => [
          eventType,
          aggregation,
          value,
          groupBy,
        ];
        for (let at = 1; at <= revision; at++) {
          for (const meter of (await meters.metersAt(merchant, at)).meters) {
            const then = (await meters.metersAt(merchant, meter.revision)).meters.find(({ key }) => key === meter.key);
            expect(then && definition(then)).toEqual(definition(meter));
          }
        }
      }),
      { numRuns: 30, seed: 1 },
    );
  });
});

describe("reading meters", () => {
  test("shows one, or says that there is none", async () => {
    const { meters, put } = world();
    const put1 = expectOk(await put("tokens", tokens));
    expect(expectOk(await getMeter({ meters }, { merchant, key: "tokens" }))).toEqual(put1);
    expect(await getMeter({ meters }, { merchant, key: "other" })).toEqual({ ok: false, error: { code: "not_found" } });
  });

  test.for([1, 2, 3, 4, 500])("lists them in order of their keys, %i at a time", async (limit) => {
    const { meters, put } = world();
    for (const key of ["b", "a", "C"]) await put(key, tokens);
    const keys: string[] = [];
    let after: string | undefined;
    do {
      const page = expectOk(await listMeters({ meters }, { merchant, limit, after }));
      expect(page.items.length).toBeLessThanOrEqual(limit);
      keys.push(...page.items.map(({ key }) => key));
      after = page.next;
    } while (after !== undefined);
    expect(keys).toEqual(["C", "a", "b"]);
  });
});
