import { currency, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { dueBuckets } from "./customer.ts";
import { linesOf } from "./lines-of.fixture.ts";
import { type CustomerBody, putCustomer } from "./put-customer.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  day,
  flat,
  hour,
  merchant,
  month,
  planOf,
  request,
  start,
} from "./world.fixture.ts";

const plans = [
  planOf("basic", { prices: [...planOf("basic").prices, flat("2", "in_advance")] }),
  planOf("daily", { interval: "day" }),
];
const put = (shop: BillingWorld, body: CustomerBody) => putCustomer(shop, { merchant, id: ann, body });
const subscriptionsOf = (shop: BillingWorld) => shop.subscriptions.subscriptionsOf(merchant, ann);

async function dueOf(shop: BillingWorld): Promise<number | undefined> {
  const all = await Promise.all(
    Array.from({ length: dueBuckets }, (_, bucket) => shop.customers.due(bucket, month(11), 9)),
  );
  return all.flat().find(({ customer }) => customer === ann)?.dueAt;
}

describe("putCustomer", () => {
  test("creates a customer, and replaces it whole but for its beginning", async () => {
    const shop = await billingWorld(plans);
    const body = { name: "Ann", email: "a@b.c", currency: "EUR", timezone: "Europe/Paris", metadata: { tier: "gold" } };
    expect(expectOk(await put(shop, body))).toEqual({
      id: ann,
      known: true,
      ...body,
      createdAt: "2026-03-02T10:00:00.000Z",
      updatedAt: "2026-03-02T10:00:00.000Z",
    });
    shop.at(start + hour);
    expect(expectOk(await put(shop, { name: undefined }))).toEqual({
      id: ann,
      known: true,
      createdAt: "2026-03-02T10:00:00.000Z",
      updatedAt: "2026-03-02T11:00:00.000Z",
    });
  });

  test("makes a customer known that was only seen in events", async () => {
    const shop = await billingWorld(plans);
    await shop.send(request("a", start));
    await shop.seal(start + 1);
    expect((await shop.customers.customer(merchant, ann))?.known).toBe(false);
    expect(expectOk(await put(shop, {})).known).toBe(true);
  });

  test.for([
    { body: {}, due: month(3), why: "at the end of the month" },
    { body: { timezone: "Asia/Kolkata" }, due: month(3) - 5.5 * hour, why: "of its zone" },
    { body: { plan: "daily" }, due: month(2) + 2 * day, why: "or of its plan's day" },
  ])("is due for its first seal at $due: $why", async ({ body, due }) => {
    const shop = await billingWorld(plans);
    await put(shop, body);
    expect(await dueOf(shop)).toBe(due);
    shop.at(month(6));
    await put(shop, {});
    expect(await dueOf(shop)).toBe(due);
  });

  test.for<{ body: CustomerBody; error: object; why: string }>([
    { body: { timezone: "Mars" }, error: { code: "unknown_timezone", timezone: "Mars" }, why: "no zone" },
    { body: { timezone: "+01:00" }, error: { code: "unknown_timezone", timezone: "+01:00" }, why: "an offset" },
    { body: { currency: "XXX" }, error: { code: "unknown_currency", currency: "XXX" }, why: "no currency" },
    { body: { plan: "none" }, error: { code: "unknown_plan", plan: "none" }, why: "no plan" },
    {
      body: { timezone: "x", currency: "x", plan: "x" },
      error: { code: "unknown_timezone", timezone: "x" },
      why: "first",
    },
    { body: { currency: "x", plan: "x" }, error: { code: "unknown_currency", currency: "x" }, why: "second" },
  ])("refuses $error: $why", async ({ body, error }) => {
    const shop = await billingWorld(plans);
    expect(await put(shop, body)).toEqual({ ok: false, error });
    expect(await shop.customers.customer(merchant, ann)).toBeUndefined();
  });
});

describe("a customer's plan", () => {
  test("that is its first charges for what is not billed, and flat prices from the running period on", async () => {
    const shop = await billingWorld(plans);
    await shop.send(request("a", start - 20 * day), request("b", start));
    shop.at(start + day);
    await put(shop, { plan: "basic", timezone: "Asia/Kolkata" });
    expect(await subscriptionsOf(shop)).toMatchObject([
      { plan: "basic", planVersion: 1, start: 0, flatFrom: month(2) - 5.5 * hour, timezone: "Asia/Kolkata" },
    ]);
    const seal = await shop.seal();
    expect(linesOf(seal?.invoices[0])).toEqual(["usage r 1 0.0004", "flat fee in_advance 1 2", "usage r 1 0.0004"]);
  });

  test("that is its first begins where its bills end", async () => {
    const shop = await billingWorld(plans);
    await shop.send(request("a", start));
    shop.at(start + day);
    await shop.seal();
    await put(shop, { plan: "basic" });
    expect(await subscriptionsOf(shop)).toMatchObject([{ start: start + day, flatFrom: month(2) }]);
  });

  test("that is another charges from now on", async () => {
    const shop = await billingWorld(plans);
    await put(shop, { plan: "basic" });
    shop.at(start + day);
    await put(shop, { plan: "daily" });
    const [first, second] = await subscriptionsOf(shop);
    expect([first?.plan, second?.plan, second?.start, second?.flatFrom]).toEqual([
      "basic",
      "daily",
      start + day,
      start + day,
    ]);
  });

  test.for([
    { body: { plan: "basic" }, why: "the same" },
    { body: {}, why: "none is said" },
    { body: { plan: "basic", name: "Ann", timezone: "Asia/Kolkata" }, why: "other things change" },
  ])("stays as it is: $why", async ({ body }) => {
    const shop = await billingWorld(plans);
    await put(shop, { plan: "basic" });
    const before = await subscriptionsOf(shop);
    shop.at(start + day);
    await put(shop, body);
    expect(await subscriptionsOf(shop)).toEqual(before);
  });

  test("stays on its version when the plan has a newer one", async () => {
    const shop = await billingWorld(plans);
    await put(shop, { plan: "basic" });
    await shop.plans.addPlan(planOf("basic", { version: 2, currency: currency("EUR") }));
    await put(shop, { plan: "basic" });
    expect(await subscriptionsOf(shop)).toMatchObject([{ planVersion: 1 }]);
  });

  test("said twice at once is one subscription", async () => {
    const shop = await billingWorld(plans);
    await Promise.all([1, 2, 3].map(() => put(shop, { plan: "basic" })));
    expect(await subscriptionsOf(shop)).toHaveLength(1);
  });

  test("is shown by the profile only once it is a subscription, wherever the request ends", async () => {
    for (let last = 0, isWhole = false; !isWhole; last++) {
      const shop = await billingWorld(plans);
      let calls = 0;
      const dying = <T extends object>(store: T): T =>
        new Proxy(store, {
          get: (target, name) => {
            const method: unknown = Reflect.get(target, name);
            if (typeof method !== "function") return method;
            return (...words: unknown[]): unknown => {
              if (calls++ >= last) throw new Error("killed");
              return Reflect.apply(method, target, words);
            };
          },
        });
      const stores = { ...shop, customers: dying(shop.customers), subscriptions: dying(shop.subscriptions) };
      const body = { plan: "basic" };
      isWhole = await putCustomer(stores, { merchant, id: ann, body }).then(
        () => true,
        () => false,
      );
      const shown = (await shop.customers.customer(merchant, ann))?.plan;
      expect([last, shown, (await subscriptionsOf(shop)).length]).toEqual([
        last,
        shown,
        shown === undefined ? expect.anything() : 1,
      ]);
      await put(shop, body);
      expect(await subscriptionsOf(shop)).toMatchObject([{ plan: "basic", start: 0 }]);
    }
  });

  test("changed to and fro charges each event once", async () => {
    const shop = await billingWorld(plans);
    for (const [index, plan] of ["daily", "basic", "daily"].entries()) {
      shop.at(start + index * hour);
      await put(shop, { plan });
      await shop.send(request(`e${index}`, start + index * hour));
    }
    shop.at(start + 5 * hour);
    const seal = await shop.seal();
    expect(linesOf(seal?.invoices[0]).toSorted()).toEqual([
      // An hour of a month.
      "flat fee in_advance 1 0.002688172043",
      "usage r 1 0.0004",
      "usage r 1 0.0004",
      "usage r 1 0.0004",
    ]);
  });
});
