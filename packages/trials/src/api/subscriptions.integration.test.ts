import type { Invoice, InvoiceSummary, Page, Settlement, Subscription } from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

/** Shortly before a month ends, since each hour that a merchant has lived is rolled. */
const start = "2026-06-29T12:00:00Z";

let world: ApiWorld;
let shop: Shop;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), start);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.at(start);
  shop = await world.shop();
  await shop.send("PUT", "/v1/meters/calls", { eventType: "call", aggregation: "count" });
  const flat = (amount: string) => ({ key: "fee", model: "flat", amount, timing: "in_advance" });
  const perCall = { key: "call", model: "per_unit", meter: "calls", unitPrice: "0.5" };
  const plan = { currency: "USD", interval: "month" };
  await shop.send("PUT", "/v1/plans/basic", { ...plan, prices: [perCall, flat("30")] });
  await shop.send("PUT", "/v1/plans/pro", { ...plan, prices: [perCall, flat("60")] });
  await shop.send("PUT", "/v1/plans/seats", { ...plan, prices: [flat("3")] });
  const trial = { key: "trial", duration: { interval: "day", count: 1 }, free: true };
  await shop.send("PUT", "/v1/plans/ramp", {
    ...plan,
    prices: [perCall, flat("30")],
    phases: [trial, { duration: { interval: "month", count: 1 }, discount: "0.5" }],
  });
  await shop.send("PUT", "/v1/customers/ann", {});
});

async function subscribe(more: object): Promise<Subscription> {
  const body = { customer: "ann", plan: "basic", start: "2026-06-01T00:00:00Z", ...more };
  const made = await shop.send<Subscription>("POST", "/v1/subscriptions", body);
  expect(made.status).toBe(201);
  return made.json;
}

const step = <T = Subscription>(id: string, what: string, body: object = {}) =>
  shop.send<T>("POST", `/v1/subscriptions/${id}/${what}`, body);

/** Settles, and shows the lines of the one invoice. */
async function settle(through: string): Promise<readonly string[]> {
  const { json: created } = await shop.send<Settlement>("POST", "/v1/settlements", { through });
  await world.drain();
  const listed = await shop.send<Page<InvoiceSummary>>("GET", `/v1/invoices?settlement=${created.id}`);
  const [found] = listed.json.items;
  if (found === undefined) return [];
  const { json } = await shop.send<Invoice>("GET", `/v1/invoices/${found.id}`);
  return json.lines
    .filter(({ kind }) => kind !== "carry")
    .map(({ description, quantity, exact }) => `${description} ${quantity} ${exact}`)
    .toSorted();
}

describe("a subscription", () => {
  test("is changed, paused, resumed and cancelled, and billed by time", async () => {
    const first = await subscribe({});
    expect(first).toMatchObject({ status: "active", billing: "calendar", addOn: false, quantity: "1", events: [] });
    expect(await settle("2026-06-29T11:00:00Z")).toEqual(["fee 1 30"]);
    const changed = await step(first.id, "change", { plan: "pro", at: "2026-06-16T00:00:00Z" });
    expect(changed).toMatchObject({ status: 201, json: { plan: "pro", replaces: first.id, status: "active" } });
    const next = changed.json.id;
    expect((await shop.send<Subscription>("GET", `/v1/subscriptions/${first.id}`)).json).toMatchObject({
      status: "ended",
      end: "2026-06-16T00:00:00.000Z",
    });
    expect(await settle("2026-06-29T11:30:00Z")).toEqual(["fee, prorated 0 -15", "fee, prorated 1 30"]);
    expect((await step(next, "pause", { at: "2026-06-22T00:00:00Z" })).json).toMatchObject({ status: "paused" });
    expect((await step(next, "resume", { at: "2026-06-25T00:00:00Z" })).json).toMatchObject({ status: "active" });
    expect((await step(next, "cancel", { at: "period_end" })).json).toMatchObject({
      status: "active",
      end: "2026-07-01T00:00:00.000Z",
      events: [{ kind: "pause" }, { kind: "resume" }, { kind: "cancel", proration: "time" }],
    });
    expect(await settle("2026-06-29T11:45:00Z")).toEqual(["fee, prorated 0 -18", "fee, prorated 1 12"]);
    world.at("2026-07-01T03:00:00Z");
    expect(await settle("2026-07-01T02:00:00Z")).toEqual([]);
  });

  test("has add-ons, a quantity and prices of the customer's own", async () => {
    const base = await subscribe({ overrides: [{ price: "call", unitPrice: "0.25" }] });
    expect(base.overrides).toMatchObject([{ key: "call", meter: "calls", unitPrice: "0.25" }]);
    await subscribe({ plan: "seats", addOn: true, quantity: "4" });
    await shop.send("POST", "/v1/events", [{ id: "a", type: "call", customer: "ann", time: "2026-06-29T09:00:00Z" }]);
    expect(await settle("2026-06-29T11:00:00Z")).toEqual(["calls 1 0.25", "fee 1 30", "fee 4 12"]);
    const { items } = (await shop.send<Page<Subscription>>("GET", "/v1/subscriptions?customer=ann")).json;
    expect(items.map(({ plan, addOn, quantity }) => [plan, addOn, quantity]).toSorted()).toEqual([
      ["basic", false, "1"],
      ["seats", true, "4"],
    ]);
  });

  test("begins with its plan's phases, from an anchor that is its start", async () => {
    const made = await subscribe({ plan: "ramp", start: "2026-05-31T00:00:00Z", billing: "anchor" });
    expect(made).toMatchObject({ billing: "anchor", anchor: "2026-05-31" });
    // A day of 30 is free, the rest of the period and of the month from the start at half the price.
    expect(await settle("2026-06-29T11:00:00Z")).toEqual(["fee, prorated 1 14.5"]);
    world.at("2026-06-30T03:00:00Z");
    // The second period begins on the 30th, in a month without a 31st, and a day of its 31 is still at half the price.
    expect(await settle("2026-06-30T02:00:00Z")).toEqual(["fee, prorated 1 0.483870967742"]);
    world.at("2026-07-01T03:00:00Z");
    expect(await settle("2026-07-01T02:00:00Z")).toEqual(["fee, prorated 1 29.032258064516"]);
  });

  test("answers a repeat as it did, and refuses what does not follow", async () => {
    const { id } = await subscribe({});
    const at = "2026-06-20T00:00:00Z";
    const [one, two] = [await step(id, "pause", { at }), await step(id, "pause", { at })];
    expect(two).toMatchObject({ status: 200, json: one.json });
    const refused = async (what: string, body: object) => {
      const { status, json } = await step<Problem>(id, what, body);
      return [status, json.code];
    };
    expect(await refused("pause", { at: "2026-06-21T00:00:00Z" })).toEqual([409, "already_paused"]);
    expect(await refused("change", { plan: "pro" })).toEqual([409, "already_paused"]);
    expect(await refused("resume", { at: "2026-06-19T00:00:00Z" })).toEqual([422, "out_of_order"]);
    await step(id, "resume", { at });
    expect(await refused("resume", { at: "2026-06-21T00:00:00Z" })).toEqual([409, "not_paused"]);
    await step(id, "cancel", { at: "2026-06-25T00:00:00Z" });
    expect(await refused("cancel", { at: "period_end" })).toEqual([409, "already_cancelled"]);
    expect(await refused("pause", {})).toEqual([409, "subscription_ended"]);
    expect(await refused("change", { plan: "none" })).toEqual([422, "unknown_plan"]);
    expect(await refused("change", { overrides: [{ price: "none" }] })).toEqual([422, "unknown_price"]);
    expect(await refused("cancel", { at: "tomorrow" })).toEqual([422, "invalid_request"]);
  });
});
