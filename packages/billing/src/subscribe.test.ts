import { expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createSubscription } from "./subscribe.ts";
import { ann, type BillingWorld, billingWorld, bob, day, hour, merchant, planOf, start } from "./world.fixture.ts";

async function withAnn() {
  const shop = await billingWorld([planOf("basic"), planOf("daily", { interval: "day" })]);
  const profile = { merchant, id: ann, known: false, timezone: "Europe/Paris", createdAt: start, updatedAt: start };
  await shop.customers.putCustomer(profile);
  return shop;
}

const subscribe = (shop: BillingWorld, more: Partial<Parameters<typeof createSubscription>[1]> = {}) =>
  createSubscription(shop, { merchant, customer: ann, plan: "basic", ...more });
const all = (shop: BillingWorld) => shop.subscriptions.subscriptionsOf(merchant, ann);

describe("createSubscription", () => {
  test("subscribes to the newest version, in the customer's zone, from now", async () => {
    const shop = await withAnn();
    await shop.plans.addPlan(planOf("basic", { version: 2 }));
    const made = expectOk(await subscribe(shop));
    expect(made).toEqual({
      id: expect.stringMatching(/^sub_ann_[0-9a-f]{24}$/),
      customer: ann,
      plan: "basic",
      planVersion: 2,
      interval: "month",
      timezone: "Europe/Paris",
      billing: "calendar",
      status: "active",
      addOn: false,
      quantity: "1",
      events: [],
      start: "2026-03-02T10:00:00.000Z",
      createdAt: "2026-03-02T10:00:00.000Z",
    });
    expect(await all(shop)).toMatchObject([{ interval: "month", timezone: "Europe/Paris", start, flatFrom: start }]);
  });

  test.for([
    { start: start - 40 * day, why: "in the past" },
    { start: start + 40 * day, why: "to come" },
    { start: 0, why: "at the beginning of time" },
  ])("takes a start $why", async ({ start: from }) => {
    const shop = await withAnn();
    await subscribe(shop, { start: from });
    expect(await all(shop)).toMatchObject([{ start: from, flatFrom: from }]);
  });

  const midnight = start - 11 * hour;
  test.for([
    { terms: { billing: "anchor" }, anchor: "2026-03-02", flatFrom: midnight, why: "its start's date in its zone" },
    {
      terms: { billing: "anchor" },
      from: start + 13 * hour,
      anchor: "2026-03-03",
      flatFrom: midnight + day,
      why: "which may be another than in UTC",
    },
    { terms: { anchor: "2026-01-31" }, anchor: "2026-01-31", flatFrom: start, why: "the one that is given" },
    { terms: { billing: "calendar" }, anchor: undefined, flatFrom: start, why: "none of the calendar's periods" },
    { terms: { billing: "anchor" }, plan: "daily", anchor: undefined, flatFrom: start, why: "none of days" },
  ] as const)("has the anchor $anchor: $why", async ({ terms, anchor, flatFrom, ...more }) => {
    const shop = await withAnn();
    const { from = start, plan = "basic" } = { from: undefined, plan: undefined, ...more };
    await subscribe(shop, { ...terms, start: from, plan });
    expect((await all(shop)).map((made) => [made.anchor, made.flatFrom])).toEqual([[anchor, flatFrom]]);
  });

  test("again is the same subscription, however late and however often at once", async () => {
    const shop = await withAnn();
    const first = await subscribe(shop, { start });
    shop.at(start + day);
    expect(await Promise.all([1, 2, 3].map(() => subscribe(shop, { start })))).toEqual([first, first, first]);
    expect(await all(shop)).toHaveLength(1);
  });

  test.for([
    { more: { start: start + 1 }, why: "another start" },
    { more: { start, plan: "daily" }, why: "another plan" },
    { more: { start, anchor: "2026-03-05" }, why: "an anchor" },
  ])("of other content is another: $why", async ({ more }) => {
    const shop = await withAnn();
    await subscribe(shop, { start });
    await subscribe(shop, more);
    expect(await all(shop)).toHaveLength(2);
  });

  test("of a newer version is another", async () => {
    const shop = await withAnn();
    await subscribe(shop, { start });
    await shop.plans.addPlan(planOf("basic", { version: 2 }));
    await subscribe(shop, { start });
    expect((await all(shop)).map(({ planVersion }) => planVersion).toSorted()).toEqual([1, 2]);
  });

  test.for([
    { more: { customer: bob }, error: { code: "unknown_customer", customer: "bob" }, why: "nobody put or saw it" },
    { more: { plan: "none" }, error: { code: "unknown_plan", plan: "none" }, why: "no plan" },
    { more: { customer: bob, plan: "none" }, error: { code: "unknown_customer", customer: "bob" }, why: "first" },
  ])("refuses $error: $why", async ({ more, error }) => {
    const shop = await withAnn();
    expect(await subscribe(shop, more)).toEqual({ ok: false, error });
    expect(await all(shop)).toEqual([]);
  });
});
