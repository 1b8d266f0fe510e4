import type { Customer, Page, Settlement } from "@farthing/sdk";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { allRoutes } from "../../../../functions/_routes/all.ts";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

const now = "2026-07-10T12:00:00Z";
const roles = ["ingest", "read", "billing", "finance", "admin"] as const;

let world: ApiWorld;
let shop: Shop;
let other: Shop;
/** Whose keys are tried at each route. */
let door: Shop;
let settlement: string;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), now);
  [shop, other, door] = [await world.shop(), await world.shop(), await world.shop()];
  await shop.send("PUT", "/v1/meters/calls", { eventType: "call", aggregation: "count", groupBy: ["region"] });
  await shop.send("PUT", "/v1/plans/basic", {
    currency: "USD",
    interval: "month",
    prices: [{ model: "per_unit", meter: "calls", unitPrice: "0.01" }],
  });
  for (const id of ["ann", "bob", "cid"]) await shop.send("PUT", `/v1/customers/${id}`, { plan: "basic" });
  await shop.send("POST", "/v1/events", [{ id: "a", type: "call", customer: "ann", time: "2026-07-01T10:00:00Z" }]);
  settlement = (await shop.send<Settlement>("POST", "/v1/settlements", { through: "2026-07-09" })).json.id;
});
afterAll(() => world[Symbol.asyncDispose]());

/** An address of a route, with something in each of its places; one that waits for events does not. */
const addressOf = (route: string) =>
  (route.split(" ")[1] ?? "").replaceAll(/\{\w+\}/g, "x").replace(/\/tail$/, "/tail?wait=0");
const methodOf = (route: string) => route.split(" ")[0] ?? "";
const guarded = allRoutes.filter((route) => route.roles !== "none");

describe.for(guarded)("$route", ({ route, roles: opened }) => {
  test("asks for a key", async () => {
    const key = "frt_test_0000000000000000000000_000000";
    for (const more of [{ key: undefined }, { key: "" }, { key: "secret" }, { key }])
      expect(await door.send<Problem>(methodOf(route), addressOf(route), {}, more)).toMatchObject({
        status: 401,
        json: { code: "unauthorized" },
      });
  });

  test("names the role that a key lacks", async () => {
    for (const role of roles) {
      const answer = await door.send<Problem>(methodOf(route), addressOf(route), {}, { key: door.keys[role] });
      const mayPass = role === "admin" || opened === "any" || opened.includes(role);
      expect([role, answer.status === 403]).toEqual([role, !mayPass]);
      if (!mayPass)
        expect(answer.json).toMatchObject({ code: "forbidden", needs: expect.arrayContaining([...opened]) });
    }
  });
});

describe("what is refused", () => {
  const perUnit = { model: "per_unit", meter: "calls", unitPrice: "1" };
  const plan = (...prices: object[]) => ({ currency: "USD", interval: "month", prices });
  const range = "from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z";

  test.for<{ request: string; body?: unknown; status: number; code: string; why: string }>([
    { request: "PUT /v1/meters/a%23b", body: {}, status: 422, code: "invalid_request", why: "no key of a meter" },
    {
      request: "PUT /v1/meters/m",
      body: { eventType: "call", aggregation: "sum" },
      status: 422,
      code: "invalid_request",
      why: "a sum of nothing",
    },
    {
      request: "PUT /v1/meters/m",
      body: { eventType: "call", aggregation: "median" },
      status: 422,
      code: "invalid_request",
      why: "an unknown aggregation",
    },
    {
      request: "PUT /v1/meters/m",
      body: { eventType: "call", aggregation: "sum", value: "a..b" },
      status: 422,
      code: "invalid_request",
      why: "no path",
    },
    {
      request: "PUT /v1/meters/m",
      body: { eventType: "call", aggregation: "count", filters: 1 },
      status: 422,
      code: "invalid_request",
      why: "an unknown field",
    },
    { request: "PUT /v1/meters/m", body: [], status: 422, code: "invalid_request", why: "a list" },
    { request: "PUT /v1/meters/m", body: "{", status: 400, code: "invalid_json", why: "no JSON" },
    { request: "GET /v1/meters/none", status: 404, code: "not_found", why: "an unknown meter" },
    {
      request: "PUT /v1/plans/p",
      body: { ...plan(perUnit), currency: "XXX" },
      status: 422,
      code: "unknown_currency",
      why: "no currency",
    },
    {
      request: "PUT /v1/plans/p",
      body: plan({ ...perUnit, meter: "none" }),
      status: 422,
      code: "unknown_meter",
      why: "a price on no meter",
    },
    {
      request: "PUT /v1/plans/p",
      body: plan({ ...perUnit, group: { size: "s" } }),
      status: 422,
      code: "unknown_group",
      why: "a price on no group",
    },
    {
      request: "PUT /v1/plans/p",
      body: { ...plan(perUnit), interval: "fortnight" },
      status: 422,
      code: "invalid_request",
      why: "an unknown interval",
    },
    {
      request: "PUT /v1/plans/p",
      body: plan({ ...perUnit, unitPrice: 0.1 }),
      status: 422,
      code: "invalid_request",
      why: "a price that is a number",
    },
    {
      request: "PUT /v1/plans/p",
      body: plan({ ...perUnit, unitPrice: "-1" }),
      status: 422,
      code: "invalid_request",
      why: "a negative price",
    },
    {
      request: "PUT /v1/plans/p",
      body: plan({ ...perUnit, per: "0" }),
      status: 422,
      code: "invalid_request",
      why: "a price for nothing",
    },
    {
      request: "PUT /v1/plans/p",
      body: plan({ model: "magic" }),
      status: 422,
      code: "invalid_request",
      why: "an unknown model",
    },
    {
      request: "PUT /v1/plans/p",
      body: plan({ ...perUnit, key: "a" }, { ...perUnit, key: "a" }),
      status: 422,
      code: "invalid_request",
      why: "a key of two prices",
    },
    {
      request: "PUT /v1/plans/p",
      body: plan({ model: "flat", amount: "1", timing: "sometimes" }),
      status: 422,
      code: "invalid_request",
      why: "an unknown timing",
    },
    { request: "GET /v1/plans/none", status: 404, code: "not_found", why: "an unknown plan" },
    { request: "GET /v1/plans/basic?version=9", status: 404, code: "not_found", why: "an unknown version" },
    { request: "PUT /v1/customers/a%23b", body: {}, status: 422, code: "invalid_request", why: "no customer's id" },
    {
      request: "PUT /v1/customers/dan",
      body: { timezone: "Mars/Olympus" },
      status: 422,
      code: "unknown_timezone",
      why: "no time zone",
    },
    {
      request: "PUT /v1/customers/dan",
      body: { currency: "dollar" },
      status: 422,
      code: "unknown_currency",
      why: "no currency",
    },
    { request: "PUT /v1/customers/dan", body: { plan: "none" }, status: 422, code: "unknown_plan", why: "no plan" },
    {
      request: "PUT /v1/customers/dan",
      body: { email: "nobody" },
      status: 422,
      code: "invalid_request",
      why: "no address",
    },
    {
      request: "PUT /v1/customers/dan",
      body: '{"metadata":{"__proto__":"x"}}',
      status: 422,
      code: "invalid_request",
      why: "a prototype",
    },
    { request: "GET /v1/customers/dan", status: 404, code: "not_found", why: "an unknown customer" },
    { request: "GET /v1/customers/dan/balance", status: 404, code: "not_found", why: "an unknown customer" },
    {
      request: "POST /v1/subscriptions",
      body: { customer: "dan", plan: "basic" },
      status: 422,
      code: "unknown_customer",
      why: "an unknown customer",
    },
    {
      request: "POST /v1/subscriptions",
      body: { customer: "ann", plan: "none" },
      status: 422,
      code: "unknown_plan",
      why: "an unknown plan",
    },
    {
      request: "POST /v1/subscriptions",
      body: { customer: "ann", plan: "basic", start: "today" },
      status: 422,
      code: "invalid_request",
      why: "no time",
    },
    {
      request: "POST /v1/subscriptions",
      body: { customer: "ann", plan: "basic", billing: "calendar", anchor: "2026-01-31" },
      status: 422,
      code: "invalid_request",
      why: "an anchor of the calendar's periods",
    },
    {
      request: "POST /v1/subscriptions",
      body: { customer: "ann", plan: "basic", anchor: "2026-02-30" },
      status: 422,
      code: "invalid_request",
      why: "no such day",
    },
    {
      request: "POST /v1/subscriptions",
      body: { customer: "ann", plan: "basic", quantity: "0" },
      status: 422,
      code: "invalid_request",
      why: "a quantity of nought",
    },
    {
      request: "POST /v1/subscriptions",
      body: { customer: "ann", plan: "basic", overrides: [{ price: "none", unitPrice: "1" }] },
      status: 422,
      code: "unknown_price",
      why: "no price of that key",
    },
    { request: "GET /v1/subscriptions/none", status: 404, code: "not_found", why: "an unknown subscription" },
    ...["change", "pause", "resume", "cancel"].map((step) => ({
      request: `POST /v1/subscriptions/sub_ann_0/${step}`,
      body: {},
      status: 404,
      code: "not_found",
      why: "an unknown subscription",
    })),
    {
      request: "PUT /v1/plans/p",
      body: { ...plan(), phases: [{ duration: { interval: "day", count: 1 } }] },
      status: 422,
      code: "invalid_request",
      why: "a phase without prices",
    },
    { request: "POST /v1/settlements", body: {}, status: 422, code: "invalid_request", why: "no end" },
    {
      request: "POST /v1/settlements",
      body: { through: "2026-02-30" },
      status: 422,
      code: "invalid_request",
      why: "no day",
    },
    {
      request: "POST /v1/settlements",
      body: { through: "2026-07-01", customers: [] },
      status: 422,
      code: "invalid_request",
      why: "nobody",
    },
    { request: "GET /v1/settlements/st_none", status: 404, code: "not_found", why: "an unknown settlement" },
    { request: "GET /v1/settlements/st_none/export", status: 404, code: "not_found", why: "an unknown settlement" },
    {
      request: "GET /v1/settlements/{settlement}/export",
      status: 409,
      code: "settlement_running",
      why: "not known yet",
    },
    {
      request: "GET /v1/settlements/{settlement}/export?format=xls",
      status: 422,
      code: "unknown_format",
      why: "an unknown format",
    },
    { request: "GET /v1/invoices/none", status: 404, code: "not_found", why: "an unknown invoice" },
    { request: "GET /v1/invoices/none/charges", status: 404, code: "not_found", why: "an unknown invoice" },
    { request: "GET /v1/invoices?status=lost", status: 422, code: "invalid_request", why: "an unknown status" },
    { request: "GET /v1/invoices?customer=a%23b", status: 422, code: "invalid_request", why: "no customer's id" },
    { request: `GET /v1/usage?meter=none&${range}`, status: 422, code: "unknown_meter", why: "an unknown meter" },
    {
      request: `GET /v1/usage?meter=calls&${range}&groupBy=size`,
      status: 422,
      code: "unknown_group",
      why: "an unknown group",
    },
    {
      request: `GET /v1/usage?meter=calls&${range}&timezone=Mars`,
      status: 422,
      code: "unknown_timezone",
      why: "no time zone",
    },
    {
      request: `GET /v1/usage?meter=calls&${range}&window=year`,
      status: 422,
      code: "invalid_request",
      why: "an unknown window",
    },
    {
      request: "GET /v1/usage?meter=calls&from=2026-07-02T00:00:00Z&to=2026-07-01T00:00:00Z",
      status: 422,
      code: "invalid_range",
      why: "backwards",
    },
    {
      request: "GET /v1/usage?meter=calls&from=2026-01-01T00:00:00Z&to=2026-07-01T00:00:00Z&window=minute",
      status: 422,
      code: "too_many_windows",
      why: "more windows than an answer holds",
    },
    { request: `GET /v1/usage?${range}`, status: 422, code: "invalid_request", why: "no meter" },
    { request: `GET /v1/usage?meter=a&meter=b&${range}`, status: 422, code: "invalid_request", why: "two meters" },
    {
      request: "GET /v1/reports/conservation?from=2026-07-02T00:00:00Z&to=2026-07-01T00:00:00Z",
      status: 422,
      code: "invalid_range",
      why: "backwards",
    },
    {
      request: "GET /v1/reports/conservation?from=2020-07-02T00:00:00Z&to=2026-07-01T00:00:00Z",
      status: 422,
      code: "invalid_range",
      why: "too long",
    },
    { request: "GET /v1/reports/conservation", status: 422, code: "invalid_request", why: "no range" },
  ])("$code: $request, $why", async ({ request, body, status, code }) => {
    const [method = "", address = ""] = request.replace("{settlement}", settlement).split(" ");
    const answer = await shop.send<Problem>(method, address, body);
    expect(answer).toMatchObject({ status, json: { status, code } });
    expect(answer.headers["content-type"]).toBe("application/problem+json");
  });

  test("left nothing behind", async () => {
    const items = async (path: string) =>
      (await shop.send<Page<{ id?: string; key?: string }>>("GET", path)).json.items.map(({ id, key }) => id ?? key);
    expect(await items("/v1/meters")).toEqual(["calls"]);
    expect(await items("/v1/plans")).toEqual(["basic"]);
    expect(await items("/v1/customers")).toEqual(["ann", "bob", "cid"]);
    expect(await items("/v1/settlements")).toEqual([settlement]);
  });
});

describe("what belongs to another merchant is not there", () => {
  test("until it is found by its own", async () => {
    await world.drain();
    const invoices = await shop.send<Page<{ id: string }>>("GET", `/v1/invoices?settlement=${settlement}`);
    const [invoice] = invoices.json.items;
    expect(invoice?.id).toEqual(expect.any(String));
    const addresses = [
      "/v1/customers/ann",
      "/v1/customers/ann/balance",
      "/v1/meters/calls",
      "/v1/plans/basic",
      `/v1/settlements/${settlement}`,
      `/v1/settlements/${settlement}/export`,
      `/v1/invoices/${invoice?.id}`,
      `/v1/invoices/${invoice?.id}/charges`,
    ];
    for (const address of addresses) {
      const mine = await shop.send<object>("GET", address);
      const theirs = await other.send<Problem>("GET", address);
      expect([address, mine.status, theirs.status, theirs.json.code]).toEqual([address, 200, 404, "not_found"]);
    }
    for (const address of ["customers", "meters", "plans", "settlements", "invoices", "subscriptions"])
      expect((await other.send<Page<object>>("GET", `/v1/${address}`)).json).toEqual({ items: [] });
    const filtered = await other.send("GET", `/v1/invoices?settlement=${settlement}`);
    expect(filtered.json).toEqual({ items: [] });
    expect((await other.send("GET", "/v1/invoices?customer=ann")).json).toEqual({ items: [] });
  });
});

describe("lists", () => {
  const page = (query: string) => shop.send<Page<Customer> & Problem>("GET", `/v1/customers${query}`);

  test("go on where a page ended", async () => {
    const first = await page("?limit=2");
    expect(first.json.items.map(({ id }) => id)).toEqual(["ann", "bob"]);
    const second = await page(`?limit=2&cursor=${first.json.nextCursor}`);
    expect(second.json.items.map(({ id }) => id)).toEqual(["cid"]);
    expect(second.json).not.toHaveProperty("nextCursor");
    expect((await page("?limit=3")).json).not.toHaveProperty("nextCursor");
  });

  test.for(["0", "501", "-1", "1.5", "many", "", "1e2"])("a limit of '%s' is refused", async (limit) => {
    expect(await page(`?limit=${limit}`)).toMatchObject({ status: 422, json: { code: "invalid_request" } });
  });

  test.for(["1", "500"])("a limit of %s is taken", async (limit) => {
    expect((await page(`?limit=${limit}`)).status).toBe(200);
  });

  test("a cursor is of one merchant, one list and one filter, and is not made by hand", async () => {
    const { nextCursor = "" } = (await page("?limit=1")).json;
    const wrong = { status: 400, json: { code: "invalid_cursor" } };
    const flipped = `${nextCursor.slice(0, -1)}${nextCursor.endsWith("A") ? "B" : "A"}`;
    for (const cursor of ["x", "AAAA", flipped, `${nextCursor}AAAA`])
      expect(await page(`?limit=1&cursor=${cursor}`)).toMatchObject(wrong);
    for (const id of ["ann", "bob"]) await other.send("PUT", `/v1/customers/${id}`, {});
    expect(await other.send("GET", `/v1/customers?cursor=${nextCursor}`)).toMatchObject(wrong);
    expect(await shop.send("GET", `/v1/invoices?cursor=${nextCursor}`)).toMatchObject(wrong);
    const subscriptions = await shop.send<Page<object>>("GET", "/v1/subscriptions?limit=1");
    const { nextCursor: next } = subscriptions.json;
    expect((await shop.send("GET", `/v1/subscriptions?limit=1&cursor=${next}`)).status).toBe(200);
    expect(await shop.send("GET", `/v1/subscriptions?customer=ann&cursor=${next}`)).toMatchObject(wrong);
  });
});

test("a settlement under an idempotency key is made once", async () => {
  const post = (through: string) =>
    shop.send<Settlement & Problem>("POST", "/v1/settlements", { through }, { headers: { "idempotency-key": "june" } });
  const first = await post("2026-07-01");
  expect(first).toMatchObject({ status: 202, json: { status: "rolling" } });
  expect((await post("2026-07-01")).json).toEqual(first.json);
  expect(await post("2026-07-02")).toMatchObject({ status: 409, json: { code: "idempotency_conflict" } });
  await world.drain();
  expect((await shop.send<Page<Settlement>>("GET", "/v1/settlements")).json.items).toHaveLength(2);
});
