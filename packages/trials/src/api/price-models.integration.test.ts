import type { Invoice, InvoiceSummary, MicroCharge, Page, Plan, Price, SimulatedCustomer } from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { picosOf, sumOf } from "../support/picos.ts";
import { ApiWorld, type Shop } from "./api-world.ts";

let world: ApiWorld;
let shop: Shop;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), "2026-06-30T18:00:00Z");
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.at("2026-06-30T18:00:00Z");
  shop = await world.shop();
  await shop.send("PUT", "/v1/meters/paid", {
    eventType: "sale",
    aggregation: "sum",
    value: "paid",
    groupBy: ["card"],
  });
});

const on = { meter: "paid" } as const;
const prices: readonly Price[] = [
  {
    ...on,
    ...{ key: "steps", model: "graduated", minimum: "3" },
    tiers: [
      { upTo: "10", unitPrice: "0" },
      { upTo: null, unitPrice: "0.05", flat: "1" },
    ],
  },
  { ...on, key: "packs", model: "package", size: "10", amount: "0.4" },
  { ...on, key: "fees", model: "percentage", rate: "0.029", fixed: "0.3", freeUnits: "1", maximum: "1" },
  {
    ...on,
    ...{ key: "cards", model: "matrix", dimensions: ["card"], otherwise: "0.02" },
    cells: [{ match: { card: "gold" }, unitPrice: "0.01" }],
  },
];
const content = { currency: "USD", interval: "month", prices } as const;
const sale = (id: string, time: string, paid: string, card: string) => ({
  ...{ id, type: "sale", customer: "ann", time },
  data: { paid, card },
});

test("a plan of several models is stored, billed, itemised and simulated", async () => {
  const stored = await shop.send<Plan>("PUT", "/v1/plans/shop", content);
  expect(stored).toMatchObject({ status: 200, json: { version: 1, prices } });
  await shop.send("PUT", "/v1/customers/ann", { plan: "shop" });
  const sales = [
    sale("a", "2026-06-30T16:00:00Z", "8", "gold"),
    sale("b", "2026-06-30T16:10:00Z", "12.5", "blue"),
    sale("c", "2026-06-30T16:20:00Z", "40", "gold"),
  ];
  expect(await shop.send("POST", "/v1/events", sales)).toMatchObject({ status: 202 });
  world.at("2026-07-01T02:00:00Z");
  await shop.send("POST", "/v1/settlements", { through: "2026-07-01T00:00:00Z" });
  await world.drain();
  const { items } = (await shop.send<Page<InvoiceSummary>>("GET", "/v1/invoices?customer=ann")).json;
  const invoice = (await shop.send<Invoice>("GET", `/v1/invoices/${items[0]?.id}`)).json;
  const lines = invoice.lines.map(({ kind, description, quantity, exact }) =>
    [kind, description, quantity, exact].join(" "),
  );
  expect(lines.toSorted()).toEqual([
    "usage paid (card gold) 48 0.48",
    "usage paid 12.5 0.25",
    "usage paid 60.5 1.6625",
    "usage paid 60.5 2.8",
    "usage paid 60.5 3.525",
  ]);
  const charges = (await shop.send<Page<MicroCharge>>("GET", `/v1/invoices/${invoice.id}/charges?limit=500`)).json
    .items;
  expect(sumOf(charges.map(({ amount }) => amount))).toBe(picosOf(invoice.exact));

  const june = { from: "2026-06-01T00:00:00Z", to: "2026-07-01T00:00:00Z" };
  const simulate = async (more: object) =>
    (await shop.send<Page<SimulatedCustomer>>("POST", "/v1/plans/shop/simulate", { ...june, ...more })).json.items;
  expect(await simulate({})).toMatchObject([{ customer: "ann", billed: invoice.exact, difference: "0" }]);
  const cheaper = { ...content, prices: prices.slice(0, 1) };
  expect(await simulate({ plan: cheaper })).toMatchObject([{ simulated: "3.525", periods: [{ planVersion: 1 }] }]);
});

test("tiers that end are refused, in a plan and in a simulation", async () => {
  const tiers = [{ upTo: "10", unitPrice: "1" }];
  const plan = { ...content, prices: [{ ...on, model: "volume", tiers }] };
  const problem = { code: "tiers_exhausted", limit: "10", path: "prices.0.tiers.0.upTo" };
  expect(await shop.send("PUT", "/v1/plans/shop", plan)).toMatchObject({ status: 422, json: problem });
  await shop.send("PUT", "/v1/plans/shop", content);
  const range = { from: "2026-06-01T00:00:00Z", to: "2026-07-01T00:00:00Z" };
  const simulated = await shop.send("POST", "/v1/plans/shop/simulate", { ...range, plan });
  expect(simulated).toMatchObject({ status: 422, json: problem });
  const backwards = { from: range.to, to: range.from };
  expect(await shop.send("POST", "/v1/plans/shop/simulate", backwards)).toMatchObject({
    status: 422,
    json: { code: "invalid_request" },
  });
});
