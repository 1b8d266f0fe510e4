import { merchantId } from "@farthing/money";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { getPlan, listPlans, PlanBody, PlanQuery, type Plans, putPlan } from "./index.ts";
import { memoryPlans } from "./memory.ts";

const merchant = merchantId("acme");
const perUnit = { model: "per_unit", meter: "tokens", unitPrice: "0.0004" };
const bodyOf = (more: object = {}): PlanBody =>
  v.parse(PlanBody, { currency: "USD", interval: "month", prices: [perUnit], ...more });
const named = (name: string) => ({ merchant, key: "basic", body: bodyOf({ name }) });

function services(plans: Plans = memoryPlans()) {
  let time = Date.UTC(2026, 10, 1);
  const meters = { meterGroups: async () => new Map([["tokens", ["model", "usage.region"]]]) };
  return { plans, meters, clock: { now: () => time++ } };
}

describe("putPlan", () => {
  test("makes a version for other content, and answers the same for the same", async () => {
    const pricing = services();
    const first = await putPlan(pricing, named("a"));
    expect(first).toMatchObject({ ok: true, value: { version: 1, name: "a", createdAt: "2026-11-01T00:00:00.000Z" } });
    expect(await putPlan(pricing, named("a"))).toEqual(first);
    expect(await putPlan(pricing, named("b"))).toMatchObject({ ok: true, value: { version: 2, name: "b" } });
    expect(await putPlan(pricing, named("a"))).toMatchObject({ ok: true, value: { version: 3, name: "a" } });
    expect(await getPlan(pricing, { merchant, key: "basic", version: 1 })).toEqual(first);
  });

  test("keeps plans of other keys and merchants apart", async () => {
    const pricing = services();
    await putPlan(pricing, named("a"));
    const others = [
      { ...named("b"), key: "Basic" },
      { ...named("c"), merchant: merchantId("Acme") },
    ];
    for (const other of others) expect(await putPlan(pricing, other)).toMatchObject({ value: { version: 1 } });
    expect(await getPlan(pricing, { merchant, key: "basic" })).toMatchObject({ value: { version: 1, name: "a" } });
  });

  const strange = { ...perUnit, meter: "calls" };
  const twice = [
    { ...strange, key: "k" },
    { ...strange, key: "k" },
  ];
  const cells = [{ match: { model: "a" }, unitPrice: "1" }];
  const group = { colour: "red", model: "a" };
  test.for([
    { why: "currency first", body: bodyOf({ currency: "ABC", prices: twice }), code: "unknown_currency" },
    { why: "then keys", body: bodyOf({ prices: twice }), code: "invalid_request", at: "prices.1.key" },
    {
      why: "then size",
      body: bodyOf({
        prices: Array.from({ length: 200 }, () => ({ ...strange, group: { model: "\u{1F4B0}".repeat(100) } })),
      }),
      code: "invalid_request",
      at: "prices",
    },
    {
      why: "then meters",
      body: bodyOf({ prices: [{ ...strange, group }] }),
      code: "unknown_meter",
      at: "prices.0.meter",
    },
    {
      why: "then groups",
      body: bodyOf({ prices: [{ ...perUnit, group }] }),
      code: "unknown_group",
      at: "prices.0.group.colour",
    },
    {
      why: "also of a matrix",
      body: bodyOf({ prices: [{ model: "matrix", meter: "tokens", dimensions: ["model", "colour"], cells }] }),
      code: "unknown_group",
      at: "prices.0.dimensions.1",
    },
    {
      why: "tiers after keys, before meters",
      body: bodyOf({ prices: [{ model: "volume", meter: "calls", tiers: [{ upTo: "5", unitPrice: "1" }] }] }),
      code: "tiers_exhausted",
      at: "prices.0.tiers.0.upTo",
    },
  ])("refuses in order, $why: $code", async ({ body, code, at }) => {
    const pricing = services();
    const refused = await putPlan(pricing, { merchant, key: "basic", body });
    if (refused.ok) throw new Error("taken");
    expect(refused.error.code).toBe(code);
    const { error } = refused;
    const path = "path" in error ? error.path : "issues" in error ? error.issues[0]?.path : undefined;
    expect(path).toBe(at);
    expect(await getPlan(pricing, { merchant, key: "basic" })).toEqual({ ok: false, error: { code: "not_found" } });
  });

  test("takes a group that its meter has, dots and all", async () => {
    const prices = [{ ...perUnit, group: { model: "a", "usage.region": "eu" } }];
    expect(await putPlan(services(), { merchant, key: "k", body: bodyOf({ prices }) })).toMatchObject({ ok: true });
  });

  test("answers the newest version for its content when a meter is gone", async () => {
    const pricing = services();
    const first = await putPlan(pricing, named("a"));
    const gone = { ...pricing, meters: { meterGroups: async () => new Map() } };
    expect(await putPlan(gone, named("a"))).toEqual(first);
    expect(await putPlan(gone, named("b"))).toMatchObject({ error: { code: "unknown_meter", meter: "tokens" } });
  });

  test("lets writers at once agree: every version once, the same content one version", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom("a", "b", "c"), { minLength: 2, maxLength: 5 }),
        async (scheduler, names) => {
          const plans = memoryPlans();
          const slow: Plans = {
            ...plans,
            currentPlan: scheduler.scheduleFunction(plans.currentPlan),
            addPlan: scheduler.scheduleFunction(plans.addPlan),
          };
          const writers = names.map((name) => putPlan(services(slow), named(name)));
          await scheduler.waitFor(Promise.all(writers));
          const answers = await Promise.all(writers);
          for (const [index, answer] of answers.entries()) {
            if (!answer.ok) throw new Error(answer.error.code);
            expect(answer.value.name).toBe(names[index]);
            const version = Number(answer.value.version);
            expect(await getPlan({ plans }, { merchant, key: "basic", version })).toEqual(answer);
          }
          const newest = await plans.currentPlan({ merchant, key: "basic" });
          expect(newest?.version).toBeLessThanOrEqual(names.length);
          if (new Set(names).size === 1) expect(newest?.version).toBe(1);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("gives up on a store in which every version is taken", async () => {
    const plans: Plans = { ...memoryPlans(), addPlan: async () => "taken" };
    await expect(putPlan(services(plans), named("a"))).rejects.toThrow("taken by others");
  });
});

describe("getPlan and listPlans", () => {
  test("find a plan and its versions, or say not_found", async () => {
    const pricing = services();
    await putPlan(pricing, named("a"));
    const missing = { ok: false, error: { code: "not_found" } };
    expect(await getPlan(pricing, { merchant, key: "other" })).toEqual(missing);
    expect(await getPlan(pricing, { merchant, key: "basic", version: 2 })).toEqual(missing);
    expect(await getPlan(pricing, { merchant: merchantId("b"), key: "basic" })).toEqual(missing);
  });

  test("list plans in their newest versions, page by page", async () => {
    const pricing = services();
    for (const key of ["b", "a", "c"]) await putPlan(pricing, { ...named("x"), key });
    await putPlan(pricing, { ...named("y"), key: "b" });
    const first = await listPlans(pricing, { merchant, limit: 2 });
    expect(first).toMatchObject({ value: { items: [{ key: "a" }, { key: "b", version: 2 }], next: "b" } });
    const second = await listPlans(pricing, { merchant, limit: 2, after: "b" });
    expect(second).toEqual({ ok: true, value: { items: [expect.objectContaining({ key: "c" })] } });
  });

  test.for(["0", "-1", "1.5", "01", "x", "9999999999"])("take no version %s", (version) => {
    expect(v.is(PlanQuery, { version })).toBe(false);
  });
});
