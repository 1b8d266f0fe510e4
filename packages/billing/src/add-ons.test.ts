import { decimal, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { changeSubscription } from "./change-subscription.ts";
import { linesOf } from "./lines-of.fixture.ts";
import { putCustomer } from "./put-customer.ts";
import { reportConservation } from "./report-conservation.ts";
import { stepSubscription } from "./stop-subscription.ts";
import { createSubscription, type SubscriptionBody } from "./subscribe.ts";
import { ann, billingWorld, day, flat, merchant, month, planOf, refOf, request, start } from "./world.fixture.ts";

const seats = planOf("seats", { prices: [flat("3.1", "in_advance")] });
const extra = planOf("extra", {
  prices: [{ key: "extra", model: "per_unit", meter: "requests", unitPrice: decimal("1") }, flat("6.2", "in_arrears")],
});
const fee = { ...flat("31", "in_advance"), key: "fee" };
const basic = planOf("basic", { prices: [...planOf("basic").prices, fee] });

async function subscribed() {
  const shop = await billingWorld([basic, seats, extra]);
  await shop.customers.putCustomer({ merchant, id: ann, known: true, createdAt: start, updatedAt: start });
  const add = async (body: Partial<SubscriptionBody>) =>
    expectOk(await createSubscription(shop, { merchant, customer: ann, plan: "basic", start: month(2), ...body }));
  await add({});
  return { ...shop, add };
}
type Shop = Awaited<ReturnType<typeof subscribed>>;

const charged = async (shop: Shop, through: number) => {
  shop.at(Math.max(through, shop.clock.now()));
  return linesOf((await shop.seal(through))?.invoices[0]).toSorted();
};

describe("an add-on", () => {
  test("charges beside the base, and prices add up", async () => {
    const shop = await subscribed();
    const made = await shop.add({ plan: "extra", addOn: true, quantity: decimal("2") });
    expect(made).toMatchObject({ addOn: true, quantity: "2", status: "active" });
    await shop.send(request("a", start));
    expect(await charged(shop, month(3))).toEqual([
      "flat fee 1 31",
      "flat fee in_arrears 2 12.4",
      "usage extra 1 1",
      "usage r 1 0.0004",
    ]);
    expect((await shop.seals.latestSeal(refOf(ann)))?.invoices[0]?.events).toBe(2);
    const range = { from: month(2), to: month(3) };
    const report = expectOk(await reportConservation({ ...shop, journal: shop.rolls }, { merchant, ...range }));
    expect(report).toMatchObject({ accepted: 1, billed: 1, gap: 0 });
  });

  test("takes over from none, and is changed and stopped by itself", async () => {
    const shop = await subscribed();
    const [one, two] = [
      await shop.add({ plan: "seats", addOn: true, start: month(2) + day }),
      await shop.add({ plan: "seats", addOn: true, quantity: decimal("2") }),
    ];
    expect(await charged(shop, month(2) + 2 * day)).toEqual([
      "flat fee 1 31",
      "flat fee in_advance 1 3",
      "flat fee in_advance 2 6.2",
    ]);
    const body = { quantity: decimal("5"), at: month(2) + 11 * day };
    const more = expectOk(await changeSubscription(shop, { merchant, id: two.id, body }));
    expect(more).toMatchObject({ plan: "seats", addOn: true, quantity: "5", replaces: two.id });
    expectOk(await stepSubscription(shop, { merchant, id: one.id, kind: "cancel", body: { at: month(2) + 21 * day } }));
    expect(await charged(shop, month(2) + 22 * day)).toEqual([
      "flat fee in_advance 0 -1",
      "flat fee in_advance 0 -4",
      "flat fee in_advance 5 10",
    ]);
    expect(await charged(shop, month(3) + day)).toEqual(["flat fee 1 31", "flat fee in_advance 5 15.5"]);
  });

  test("outlives its base, and leaves a first plan to be put", async () => {
    const shop = await billingWorld([basic, seats]);
    await putCustomer(shop, { merchant, id: ann, body: {} });
    const add = { merchant, customer: ann, plan: "seats", addOn: true, start: month(2) };
    expectOk(await createSubscription(shop, add));
    await putCustomer(shop, { merchant, id: ann, body: { plan: "basic" } });
    const all = await shop.subscriptions.subscriptionsOf(merchant, ann);
    expect(all.map(({ plan, start: from }) => [plan, from])).toEqual([
      ["basic", 0],
      ["seats", month(2)],
    ]);
    const id = all[0]?.id ?? "";
    await stepSubscription(shop, { merchant, id, kind: "cancel", body: { at: "period_end" } });
    shop.at(month(3) + day);
    expect(linesOf((await shop.seal(month(3) + day))?.invoices[0]).toSorted()).toEqual([
      "flat fee 1 31",
      "flat fee in_advance 1 3.1",
      "flat fee in_advance 1 3.1",
    ]);
  });

  test("again is the same one, with another quantity another", async () => {
    const shop = await subscribed();
    const [a, b, c] = [
      await shop.add({ plan: "seats", addOn: true }),
      await shop.add({ plan: "seats", addOn: true }),
      await shop.add({ plan: "seats", addOn: true, quantity: decimal("2") }),
    ];
    expect([a.id === b.id, a.id === c.id]).toEqual([true, false]);
  });
});

describe("a customer's own prices", () => {
  test("are charged in the place of the plan's, and stay through a change that keeps the plan", async () => {
    const shop = await subscribed();
    const own = [
      { price: "r", unitPrice: "0.0001" },
      { price: "fee", amount: "15.5" },
    ];
    const made = await shop.add({ start: month(2) + 1, overrides: own });
    expect(made.overrides).toMatchObject([{ key: "r", unitPrice: "0.0001" }, { amount: "15.5" }]);
    await shop.send(request("a", start));
    expect(await charged(shop, month(3))).toContain("usage r 1 0.0001");
    const kept = expectOk(await changeSubscription(shop, { merchant, id: made.id, body: { at: month(3) } }));
    expect(kept.overrides).toEqual(made.overrides);
    expect(await charged(shop, month(3) + day)).toEqual(["flat fee 1 15.5"]);
    const other = { plan: "extra", at: month(3) + 2 * day };
    expect(expectOk(await changeSubscription(shop, { merchant, id: kept.id, body: other })).overrides).toBeUndefined();
  });

  test("are refused where the plan has no such price", async () => {
    const shop = await subscribed();
    const body = { merchant, customer: ann, plan: "basic", overrides: [{ price: "none", amount: "1" }] };
    const error = { code: "unknown_price", price: "none", path: "overrides.0.price" };
    expect(await createSubscription(shop, body)).toEqual({ ok: false, error });
    const { id } = await shop.add({});
    const change = { merchant, id, body: { overrides: body.overrides } };
    expect(await changeSubscription(shop, change)).toEqual({ ok: false, error });
  });
});
