import { expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { type ChangeBody, changeSubscription } from "./change-subscription.ts";
import { linesOf } from "./lines-of.fixture.ts";
import { type StepBody, stepSubscription } from "./stop-subscription.ts";
import { createSubscription } from "./subscribe.ts";
import type { SubscriptionEvent } from "./subscription-event.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  day,
  flat,
  merchant,
  month,
  planOf,
  refOf,
  start,
} from "./world.fixture.ts";

const text = (time: number) => new Date(time).toISOString();
const fees = (...amounts: readonly string[]) => amounts.map((amount) => flat(amount, "in_advance"));
const plans = [
  planOf("basic", { prices: fees("31") }),
  planOf("pro", { prices: fees("62") }),
  planOf("weekly", { prices: fees("7"), interval: "week" }),
];

/** A customer with a plan of 31 a month since the first of March; it is ten o'clock on the second. */
async function subscribed(more: Partial<Parameters<typeof createSubscription>[1]> = {}) {
  const shop = await billingWorld(plans);
  await shop.customers.putCustomer({ merchant, id: ann, known: true, createdAt: start, updatedAt: start });
  const body = { merchant, customer: ann, plan: "basic", start: month(2), ...more };
  return { ...shop, id: expectOk(await createSubscription(shop, body)).id };
}
type Shop = Awaited<ReturnType<typeof subscribed>>;

const change = (shop: Shop, body: ChangeBody = {}, id = shop.id) => changeSubscription(shop, { merchant, id, body });
const step = (shop: Shop, kind: SubscriptionEvent["kind"], body: StepBody = {}, id = shop.id) =>
  stepSubscription(shop, { merchant, id, kind, body });
const sealed = async (shop: BillingWorld, through: number) => {
  shop.at(Math.max(through, shop.clock.now()));
  return linesOf((await shop.seal(through))?.invoices[0]).toSorted();
};

describe("a subscription that is changed", () => {
  test("is divided by time, and what was charged in advance is credited", async () => {
    const shop = await subscribed();
    expect(await sealed(shop, month(2) + 2 * day)).toEqual(["flat fee in_advance 1 31"]);
    const next = expectOk(await change(shop, { plan: "pro", at: month(2) + 10 * day }));
    expect(next).toMatchObject({ plan: "pro", replaces: shop.id, start: text(month(2) + 10 * day) });
    expect(await sealed(shop, month(2) + 11 * day)).toEqual(["flat fee in_advance 0 -21", "flat fee in_advance 1 42"]);
    expect(await sealed(shop, month(3) + day)).toEqual(["flat fee in_advance 1 62"]);
  });

  test("as its period ends charges whole periods", async () => {
    const shop = await subscribed();
    const next = expectOk(await change(shop, { plan: "pro", at: "period_end" }));
    expect(next).toMatchObject({ status: "scheduled", start: text(month(3)) });
    expect(await sealed(shop, month(3))).toEqual(["flat fee in_advance 1 31"]);
    expect(await sealed(shop, month(3) + day)).toEqual(["flat fee in_advance 1 62"]);
  });

  test("without proration charges its period whole, and the other from the next one on", async () => {
    const shop = await subscribed();
    await change(shop, { plan: "pro", proration: "none" });
    expect(await sealed(shop, month(3))).toEqual(["flat fee in_advance 1 31"]);
    expect(await sealed(shop, month(3) + day)).toEqual(["flat fee in_advance 1 62"]);
  });

  test("in billed time is adjusted by the next seal", async () => {
    const shop = await subscribed();
    await sealed(shop, month(3) + day);
    await change(shop, { plan: "pro", at: month(3) - day });
    expect(await sealed(shop, month(3) + 2 * day)).toEqual([
      "adjustment fee in_advance -1 -31",
      "flat fee in_advance 0 -1",
      "flat fee in_advance 1 2",
      "flat fee in_advance 1 62",
    ]);
  });

  test("keeps its zone and anchor, and takes the newest version", async () => {
    const shop = await subscribed({ anchor: "2026-01-31" });
    await shop.plans.addPlan({ ...planOf("basic", { prices: fees("33") }), version: 2 });
    const next = expectOk(await change(shop));
    expect(next).toMatchObject({ plan: "basic", planVersion: 2, billing: "anchor", anchor: "2026-01-31" });
    const weekly = expectOk(await change(shop, { plan: "weekly", at: start + day }, next.id));
    expect(weekly).toMatchObject({ interval: "week", anchor: "2026-01-31" });
  });

  test("is changed once, however often it is asked", async () => {
    const shop = await subscribed();
    const first = expectOk(await change(shop, { plan: "pro" }));
    shop.at(start + 1000);
    expect(expectOk(await change(shop, { plan: "pro" })).id).toBe(first.id);
    const later = { plan: "weekly", at: start + day };
    const [a, b] = await Promise.all([change(shop, later, first.id), change(shop, later, first.id)]);
    expect(expectOk(a).id).toBe(expectOk(b).id);
    expect(expectOk(await change(shop, later, first.id)).id).toBe(expectOk(a).id);
    expect(await shop.subscriptions.subscriptionsOf(merchant, ann)).toHaveLength(3);
  });

  test("goes on where the change is withdrawn before it holds", async () => {
    const shop = await subscribed();
    const next = expectOk(await change(shop, { plan: "pro", at: "period_end" }));
    expect(expectOk(await step(shop, "cancel", {}, next.id)).status).toBe("ended");
    expect(await sealed(shop, month(3) + day)).toEqual(["flat fee in_advance 1 31", "flat fee in_advance 1 31"]);
  });

  test.for<{ before: (shop: Shop) => Promise<unknown>; body: ChangeBody; error: object; why: string }>([
    { before: async () => {}, body: { plan: "none" }, error: { code: "unknown_plan", plan: "none" }, why: "no plan" },
    {
      before: async () => {},
      body: { at: month(2) - 1 },
      error: { code: "out_of_order", notBefore: text(month(2)) },
      why: "before its start",
    },
    {
      before: (shop) => step(shop, "cancel"),
      body: { at: start },
      error: { code: "subscription_ended", end: text(start) },
      why: "cancelled",
    },
    {
      before: (shop) => change(shop, { plan: "pro" }),
      body: { plan: "weekly" },
      error: { code: "subscription_ended", end: text(start) },
      why: "changed before, to something else",
    },
    {
      before: (shop) => step(shop, "pause", { at: start - day }),
      body: { plan: "pro" },
      error: { code: "already_paused", since: text(start - day) },
      why: "paused",
    },
  ])("refuses $error.code: $why", async ({ before, body, error }) => {
    const shop = await subscribed();
    await before(shop);
    expect(await change(shop, body)).toEqual({ ok: false, error });
    expect(await change(shop, body, "sub_ann_0")).toEqual({ ok: false, error: { code: "not_found" } });
  });
});

describe("a subscription that is stopped", () => {
  test("now is charged for the part of its period, and nothing after", async () => {
    const shop = await subscribed();
    await sealed(shop, month(2) + day);
    expect(expectOk(await step(shop, "cancel", { at: month(2) + 10 * day }))).toMatchObject({
      end: text(month(2) + 10 * day),
      events: [{ kind: "cancel", at: text(month(2) + 10 * day), proration: "time" }],
    });
    expect(await sealed(shop, month(2) + 11 * day)).toEqual(["flat fee in_advance 0 -21"]);
    expect(await sealed(shop, month(5))).toEqual([]);
  });

  test.for([
    { body: { at: "period_end" }, why: "at its end" },
    { body: { proration: "none" }, why: "without proration" },
  ] as const)("$why is charged for its whole period", async ({ body }) => {
    const shop = await subscribed();
    await step(shop, "cancel", body);
    expect(await sealed(shop, month(5))).toEqual(["flat fee in_advance 1 31"]);
  });

  test("and resumed is charged for the parts in which it ran", async () => {
    const shop = await subscribed();
    await sealed(shop, month(2) + day);
    await step(shop, "pause", { at: month(2) + 10 * day });
    await step(shop, "resume", { at: month(2) + 20 * day });
    expect(await sealed(shop, month(3))).toEqual(["flat fee in_advance 0 -21", "flat fee in_advance 1 11"]);
    expect(await sealed(shop, month(3) + day)).toEqual(["flat fee in_advance 1 31"]);
  });

  test("over a period's end in billed time gives back what was charged", async () => {
    const shop = await subscribed();
    await sealed(shop, month(3) + day);
    await step(shop, "pause", { at: month(3) - day });
    expect(await sealed(shop, month(3) + 2 * day)).toEqual([
      "adjustment fee in_advance -1 -31",
      "flat fee in_advance 0 -1",
    ]);
  });

  test("twice, or by two at once, is stopped once", async () => {
    const shop = await subscribed();
    const all = await Promise.all([1, 2, 3].map(() => step(shop, "pause", { at: start })));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    const raced = await Promise.all([
      step(shop, "cancel", { at: start + day }),
      step(shop, "cancel", { at: start + 2 * day }),
    ]);
    expect(raced.map(({ ok }) => ok)).toEqual([true, false]);
    expect((await shop.subscriptions.subscriptionsOf(merchant, ann))[0]?.events).toHaveLength(2);
    expect(await step(shop, "cancel", {}, "sub_bob_0")).toEqual({ ok: false, error: { code: "not_found" } });
  });

  test("is noted in the seal with as much as the seal knew", async () => {
    const shop = await subscribed();
    await step(shop, "pause", { at: start });
    await shop.seal(start);
    await step(shop, "resume", { at: start + day });
    await shop.seal(start + 2 * day, { id: "b" });
    const seals = await shop.seals.seals(refOf(ann));
    expect(seals.map(({ subscriptionEvents }) => subscriptionEvents)).toEqual([{ [shop.id]: 1 }, { [shop.id]: 2 }]);
  });
});
