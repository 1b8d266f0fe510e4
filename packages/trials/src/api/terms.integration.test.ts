import type { AppliedCoupon, Coupon, Grant, GrantEntry, Invoice, Page, Settlement, TaxRates } from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

/** Shortly before a month ends, since each hour that a merchant has lived is rolled. */
const start = "2026-06-30T12:00:00Z";
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
  const prices = [
    { model: "per_unit", meter: "calls", unitPrice: "0.25" },
    { model: "flat", amount: "2", timing: "in_arrears" },
  ];
  await shop.send("PUT", "/v1/plans/basic", { currency: "USD", interval: "month", prices });
  await shop.send("PUT", "/v1/customers/ann", { plan: "basic", country: "DE" });
});

const call = (id: string, time: string) => ({ id, type: "call", customer: "ann", time });

async function settle(through: string): Promise<Invoice> {
  const { json: created } = await shop.send<Settlement>("POST", "/v1/settlements", { through });
  await world.drain();
  const listed = await shop.send<Page<{ id: string }>>("GET", `/v1/invoices?settlement=${created.id}`);
  const id = listed.json.items[0]?.id ?? "none";
  return (await shop.send<Invoice>("GET", `/v1/invoices/${id}`)).json;
}

describe("an invoice with coupons, credit and tax", () => {
  test("shows each, and its grants account for what they paid", async () => {
    const rates = { rates: [{ name: "VAT", rate: "0.19" }] };
    expect((await shop.send<TaxRates>("PUT", "/v1/tax-rates/DE", rates)).json).toMatchObject({
      version: 1,
      inclusive: false,
    });
    const ten = { percent: "10", duration: "repeating", periods: 2, maxRedemptions: 1 };
    expect((await shop.send<Coupon>("PUT", "/v1/coupons/TEN", ten)).json).toMatchObject({
      key: "TEN",
      version: 1,
      ...ten,
    });
    const applied = await shop.send<AppliedCoupon>("POST", "/v1/customers/ann/coupons", { coupon: "TEN" });
    expect(applied).toMatchObject({ status: 201, json: { coupon: "TEN", version: 1 } });
    expect((await shop.send<AppliedCoupon>("POST", "/v1/customers/ann/coupons", { coupon: "TEN" })).json).toEqual(
      applied.json,
    );
    const grant = (
      await shop.send<Grant>("POST", "/v1/customers/ann/grants", { amount: "0.5", currency: "USD", name: "Welcome" })
    ).json;
    expect(grant).toMatchObject({ remaining: "0.5", status: "standing", priority: 50 });
    await shop.send("POST", "/v1/events", [call("a", "2026-06-30T10:00:00Z"), call("b", "2026-06-30T10:00:01Z")]);
    world.at("2026-07-01T00:30:00Z");
    const invoice = await settle("2026-07-01T00:00:00Z");
    expect(invoice.lines.map(({ kind, description, exact }) => `${kind} ${description} ${exact}`)).toEqual([
      "usage calls 0.5",
      "flat flat 2",
      "discount TEN -0.25",
      "credit Welcome -0.5",
      "tax VAT 0.3325",
    ]);
    expect(invoice.lines.slice(2)).toMatchObject([
      { coupon: "TEN" },
      {
        grant: grant.id,
        draws: [
          { description: "flat", exact: "0.05", taken: "0.05" },
          { description: "calls", exact: "0.45" },
        ],
      },
      { tax: { rate: "0.19", kind: "exclusive", base: "1.75", amount: "0.3325" } },
    ]);
    expect([invoice.exact, invoice.total]).toEqual(["2.0825", "2.08"]);
    const address = `/v1/customers/ann/grants/${grant.id}`;
    expect((await shop.send<Grant>("GET", address)).json).toMatchObject({ remaining: "0" });
    expect((await shop.send<Page<Grant>>("GET", "/v1/customers/ann/grants")).json.items).toHaveLength(1);
    const { items } = (await shop.send<Page<GrantEntry>>("GET", `${address}/entries`)).json;
    expect(items.map(({ kind, amount, running, invoice: by }) => [kind, amount, running, by])).toEqual([
      ["grant", "0.5", "0.5", undefined],
      ["draw", "-0.05", "0.45", invoice.id],
      ["draw", "-0.45", "0", invoice.id],
    ]);
    const pdf = await shop.send("GET", `/v1/invoices/${invoice.id}/pdf`);
    expect([pdf.status, pdf.headers["content-type"]]).toEqual([200, "application/pdf"]);
  });

  test("is made without a coupon that was taken away, and tells of it", async () => {
    await shop.send("PUT", "/v1/coupons/FIVE", { amount: "5", currency: "USD", duration: "forever" });
    await shop.send("POST", "/v1/customers/ann/coupons", { coupon: "FIVE" });
    world.at("2026-06-30T18:00:00Z");
    const removed = await shop.send<AppliedCoupon>("DELETE", "/v1/customers/ann/coupons/FIVE");
    expect(removed).toMatchObject({ status: 200, json: { removedAt: "2026-06-30T18:00:00.000Z" } });
    world.at("2026-07-01T00:30:00Z");
    const invoice = await settle("2026-07-01T00:00:00Z");
    expect(invoice.lines.map(({ kind }) => kind)).toEqual(["flat"]);
    expect((await shop.send<Page<AppliedCoupon>>("GET", "/v1/customers/ann/coupons")).json.items).toEqual([
      removed.json,
    ]);
  });

  test("keeps versions of coupons and rates, and lists the newest", async () => {
    for (const percent of ["10", "20", "20"]) await shop.send("PUT", "/v1/coupons/A", { percent, duration: "once" });
    for (const rate of ["0.1", "0.2", "0.20"])
      await shop.send("PUT", "/v1/tax-rates/FR", { rates: [{ name: "TVA", rate }] });
    const shown = async <T>(address: string) => (await shop.send<T>("GET", address)).json;
    expect(await shown<Page<Coupon>>("/v1/coupons")).toMatchObject({
      items: [{ key: "A", version: 2, percent: "20" }],
    });
    expect(await shown<Coupon>("/v1/coupons/A?version=1")).toMatchObject({ percent: "10" });
    expect(await shown<Page<TaxRates>>("/v1/tax-rates")).toMatchObject({ items: [{ country: "FR", version: 2 }] });
    expect(await shown<TaxRates>("/v1/tax-rates/FR?version=1")).toMatchObject({ rates: [{ rate: "0.1" }] });
  });

  const usd = { amount: "5", currency: "USD" };
  test.for<[string, unknown, number, string]>([
    ["PUT /v1/coupons/a%23b", {}, 422, "invalid_request"],
    ["PUT /v1/coupons/c", { duration: "once" }, 422, "invalid_request"],
    ["PUT /v1/coupons/c", { percent: "10", ...usd, duration: "once" }, 422, "invalid_request"],
    ["PUT /v1/coupons/c", { percent: "101", duration: "once" }, 422, "invalid_request"],
    ["PUT /v1/coupons/c", { percent: "0", duration: "once" }, 422, "invalid_request"],
    ["PUT /v1/coupons/c", { percent: "10", duration: "repeating" }, 422, "invalid_request"],
    ["PUT /v1/coupons/c", { percent: "10", duration: "once", periods: 2 }, 422, "invalid_request"],
    ["PUT /v1/coupons/c", { percent: "10", duration: "once", redeemBy: "2026-02-30" }, 422, "invalid_request"],
    ["PUT /v1/coupons/c", { amount: "5", currency: "XXQ", duration: "once" }, 422, "unknown_currency"],
    ["GET /v1/coupons/none", undefined, 404, "not_found"],
    ["POST /v1/customers/ann/coupons", { coupon: "none" }, 422, "unknown_coupon"],
    ["POST /v1/customers/nobody/coupons", { coupon: "none" }, 422, "unknown_customer"],
    ["DELETE /v1/customers/ann/coupons/none", undefined, 404, "not_found"],
    ["PUT /v1/tax-rates/Germany", { rates: [{ name: "VAT", rate: "0.19" }] }, 422, "invalid_request"],
    ["PUT /v1/tax-rates/DE", { rates: [] }, 422, "invalid_request"],
    ["PUT /v1/tax-rates/DE", { rates: [{ name: "VAT", rate: "1.9" }] }, 422, "invalid_request"],
    ["GET /v1/tax-rates/XX", undefined, 404, "not_found"],
    ["POST /v1/customers/ann/grants", {}, 422, "invalid_request"],
    ["POST /v1/customers/ann/grants", { amount: "0", currency: "USD" }, 422, "invalid_request"],
    ["POST /v1/customers/ann/grants", { ...usd, currency: "XXQ" }, 422, "unknown_currency"],
    [
      "POST /v1/customers/ann/grants",
      { ...usd, startsAt: "2026-01-01T00:00:00Z", expiresAt: start },
      422,
      "expiry_in_past",
    ],
    ["POST /v1/customers/nobody/grants", usd, 422, "unknown_customer"],
    ["POST /v1/customers/ann/grants", { units: "5", meter: "none" }, 422, "unknown_meter"],
    ["GET /v1/customers/ann/grants/none", undefined, 404, "not_found"],
    ["GET /v1/customers/ann/grants/none/entries", undefined, 404, "not_found"],
    ["PUT /v1/customers/ann", { taxRate: "19" }, 422, "invalid_request"],
    ["PUT /v1/customers/ann", { country: "de" }, 422, "invalid_request"],
  ])("refuses %s", async ([request, body, status, code]) => {
    const [method = "", address = ""] = request.split(" ");
    expect(await shop.send<Problem>(method, address, body)).toMatchObject({ status, json: { code } });
  });

  test("gives no coupon too late, too often, or twice", async () => {
    const given = async (customer: string, coupon: string) =>
      (await shop.send<Problem>("POST", `/v1/customers/${customer}/coupons`, { coupon })).json.code;
    await shop.send("PUT", "/v1/customers/bob", {});
    await shop.send("PUT", "/v1/coupons/LATE", { percent: "10", duration: "once", redeemBy: start });
    expect(await given("ann", "LATE")).toBe("coupon_expired");
    await shop.send("PUT", "/v1/coupons/ONE", { percent: "10", duration: "once", maxRedemptions: 1 });
    expect([await given("ann", "ONE"), await given("bob", "ONE")]).toEqual([undefined, "coupon_exhausted"]);
    await shop.send("DELETE", "/v1/customers/ann/coupons/ONE");
    expect(await given("ann", "ONE")).toBe("coupon_used");
  });
});
