import { customerId, expectOk } from "@farthing/money";
import { PlanBody } from "@farthing/pricing";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { everyModel } from "./every-model.fixture.ts";
import { chainOf, steps } from "./seal-steps.fixture.ts";
import { type SimulationOrder, simulatePlan } from "./simulate-plan.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bob,
  day,
  flat,
  hour,
  merchant,
  month,
  planOf,
  request,
  start,
  subscription,
} from "./world.fixture.ts";

const march = { merchant, key: "basic", limit: 50, from: month(2), to: month(3) };
const catalogue = {
  meterGroups: async () =>
    new Map([
      ["requests", []],
      ["bytes", ["region"]],
    ]),
};
const simulate = (shop: BillingWorld, more: Partial<SimulationOrder> = {}) =>
  simulatePlan({ ...shop, catalogue }, { ...march, ...more });

const body = (unitPrice: string, more: object = {}): PlanBody =>
  v.parse(PlanBody, {
    currency: "USD",
    interval: "month",
    prices: [{ model: "per_unit", meter: "requests", unitPrice }],
    ...more,
  });

async function sealedMarch(): Promise<BillingWorld> {
  const shop = await billingWorld([planOf("basic", { prices: [...planOf("basic").prices, flat("2", "in_arrears")] })]);
  await shop.subscriptions.addSubscription(subscription());
  await shop.send(request("a", start), request("b", start + hour));
  shop.at(month(3) + hour);
  await shop.seal(month(2) + 15 * day, { id: "one" });
  await shop.seal(month(3), { id: "two" });
  return shop;
}

describe("simulatePlan", () => {
  test("shows what another content would have charged, customer by customer and period by period", async () => {
    const shop = await sealedMarch();
    const { items } = expectOk(await simulate(shop, { plan: body("0.001") }));
    const amounts = { billed: "2.0008", simulated: "0.002", difference: "-1.9988" };
    const period = {
      subscription: "s1",
      planVersion: 1,
      from: "2026-03-01T00:00:00.000Z",
      to: "2026-04-01T00:00:00.000Z",
    };
    expect(items).toEqual([{ customer: ann, ...amounts, periods: [{ ...period, ...amounts }], notCompared: 0 }]);
  });

  test("compares with a published version, by default the newest", async () => {
    const shop = await sealedMarch();
    const own = [await simulate(shop), await simulate(shop, { version: 1 })];
    for (const answer of own) expect(expectOk(answer).items).toMatchObject([{ billed: "2.0008", difference: "0" }]);
    await shop.plans.addPlan({ ...planOf("basic", { prices: [] }), version: 2 });
    expect(expectOk(await simulate(shop)).items).toMatchObject([{ simulated: "0", difference: "-2.0008" }]);
    expect(expectOk(await simulate(shop, { version: 1 })).items).toMatchObject([{ difference: "0" }]);
  });

  test.for([
    { why: "periods that are not closed", more: { from: month(3), to: month(4) } },
    { why: "periods that lie in part within the stretch", more: { from: month(2) + 1 } },
    { why: "another plan's customers", more: { customers: [bob] } },
    { why: "customers that there are not", more: { customers: [customerId("nobody")] } },
  ])("leaves out $why", async ({ more }) => {
    expect(expectOk(await simulate(await sealedMarch(), more)).items).toEqual([]);
  });

  test("goes through all customers page by page", async () => {
    const shop = await sealedMarch();
    await shop.subscriptions.addSubscription(subscription({ id: "s2", customer: bob }));
    await shop.send(request("c", start, { customer: bob }));
    await shop.seal(month(3), { id: "three", customer: bob });
    const first = expectOk(await simulate(shop, { limit: 1 }));
    const second = expectOk(await simulate(shop, { limit: 1, after: first.next }));
    expect([...first.items, ...second.items].map(({ customer }) => customer)).toEqual([ann, bob]);
  });

  const bounded = { prices: [{ model: "volume", meter: "requests", tiers: [{ upTo: "5", unitPrice: "1" }] }] };
  test.for<{ code: string; more: Partial<SimulationOrder> }>([
    { code: "not_found", more: { key: "other" } },
    { code: "not_found", more: { version: 9 } },
    { code: "unknown_currency", more: { plan: body("1", { currency: "XYZ" }) } },
    { code: "tiers_exhausted", more: { plan: body("1", bounded) } },
    { code: "unknown_meter", more: { plan: body("1", { prices: [{ model: "dynamic", meter: "none" }] }) } },
    {
      code: "unknown_group",
      more: { plan: body("1", { prices: [{ model: "dynamic", meter: "bytes", group: { x: "y" } }] }) },
    },
    { code: "invalid_request", more: { plan: body("1", { currency: "EUR" }) } },
    { code: "invalid_request", more: { plan: body("1", { interval: "day" }) } },
  ])("refuses as $code", async ({ code, more }) => {
    expect(await simulate(await sealedMarch(), more)).toMatchObject({ ok: false, error: { code } });
  });

  test("counts periods of versions in another currency or interval, and compares none of them", async () => {
    const shop = await sealedMarch();
    await shop.plans.addPlan({ ...planOf("basic", { interval: "day" }), version: 2 });
    expect(expectOk(await simulate(shop)).items).toMatchObject([{ periods: [], notCompared: 1, difference: "0" }]);
  });

  test("finds no difference to a plan's own version, whatever came late, was voided or redefined", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const prices = [...everyModel, flat("2", "in_advance")];
        const shop = await billingWorld([planOf("basic", { prices }), planOf("other", { prices })]);
        await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
        await chainOf(shop, [...all, [[], 45 * 24, "nothing"]]);
        for (const key of ["basic", "other"])
          for (const { periods } of expectOk(await simulate(shop, { key, to: month(4) })).items)
            for (const { difference } of periods) expect(difference).toBe("0");
      }),
      { numRuns: 20, seed: 9 },
    );
  });
});
