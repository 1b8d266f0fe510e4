import { afterEach, describe, expect, test } from "vitest";
import { FarthingClient } from "./farthing-client.ts";
import { FarthingError } from "./farthing-error.ts";
import { type Loopback, type RoutedAnswer, startLoopback } from "./loopback.ts";
import { instantClock } from "./virtual-clock.ts";

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

let open: Loopback[] = [];
afterEach(async () => {
  for (const one of open) await one.close();
  open = [];
});

/** A client against answers in order; the last one is given again. */
async function client(...answers: RoutedAnswer[]) {
  const calls: Call[] = [];
  const server = await startLoopback({
    routes: (method, path, text) => {
      calls.push({ method, path, body: text === "" ? undefined : JSON.parse(text) });
      return answers[Math.min(calls.length, answers.length) - 1];
    },
  });
  open.push(server);
  const clock = instantClock();
  return { calls, server, clock, api: new FarthingClient({ key: "k", url: `${server.url}/`, clock, random: () => 0 }) };
}

const fine = { status: 200, body: { items: [] } };
const range = { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" };
type Api = FarthingClient;

describe("a report that comes in parts", () => {
  const counts = { accepted: 1, billed: 1, free: 0, duplicate: 0, conflict: 0, unmetered: 0, voided: 0, open: 0 };
  const part = (accepted: number, more: object = {}) => ({
    status: 200,
    body: { ...counts, accepted, gap: 0, ...more },
  });

  test("is read to its end: the sums of the last part, the groups of all", async () => {
    const group = (customer: string) => ({ groups: [{ customer, accepted: 1 }] });
    const { api, calls } = await client(part(1, { nextCursor: "p2", ...group("a") }), part(2, group("b")));
    const report = await api.reports.conservation({ ...range, groupBy: "customer" });
    expect(report).toEqual({ ...counts, accepted: 2, gap: 0, groups: [...group("a").groups, ...group("b").groups] });
    expect(calls.map(({ path }) => new URL(path, "http://x").searchParams.get("cursor"))).toEqual([null, "p2"]);
  });

  test("has no groups where none are asked for", async () => {
    const { api } = await client(part(1, { nextCursor: "p2" }), part(2));
    expect(await api.reports.conservation(range)).toEqual({ ...counts, accepted: 2, gap: 0 });
  });
});

describe("every route", () => {
  test.for<[string, (api: Api) => Promise<unknown>, unknown?]>([
    [
      "PUT /v1/meters/a%2Fb",
      (api) => api.meters.put("a/b", { eventType: "t", aggregation: "count" }),
      { eventType: "t", aggregation: "count" },
    ],
    ["GET /v1/meters/requests", (api) => api.meters.get("requests")],
    ["GET /v1/meters?limit=2", (api) => api.meters.list({ limit: 2 })],
    [
      "PUT /v1/plans/p",
      (api) => api.plans.put("p", { currency: "USD", interval: "month", prices: [] }),
      { currency: "USD", interval: "month", prices: [] },
    ],
    ["GET /v1/plans/p", (api) => api.plans.get("p")],
    ["GET /v1/plans", (api) => api.plans.list()],
    [
      "PUT /v1/coupons/c",
      (api) => api.coupons.put("c", { percent: "10", duration: "once" }),
      { percent: "10", duration: "once" },
    ],
    ["GET /v1/coupons/c", (api) => api.coupons.get("c")],
    ["GET /v1/coupons?limit=2", (api) => api.coupons.list({ limit: 2 })],
    ["POST /v1/customers/a/coupons", (api) => api.coupons.apply("a", "c"), { coupon: "c" }],
    ["GET /v1/customers/a/coupons", (api) => api.coupons.applied("a")],
    ["DELETE /v1/customers/a/coupons/c", (api) => api.coupons.remove("a", "c")],
    [
      "PUT /v1/tax-rates/DE",
      (api) => api.taxRates.put("DE", { rates: [{ name: "VAT", rate: "0.19" }] }),
      { rates: [{ name: "VAT", rate: "0.19" }] },
    ],
    ["GET /v1/tax-rates/DE", (api) => api.taxRates.get("DE")],
    ["GET /v1/tax-rates", (api) => api.taxRates.list()],
    [
      "POST /v1/customers/a/grants",
      (api) => api.grants.create("a", { units: "5", meter: "m" }),
      { units: "5", meter: "m" },
    ],
    ["GET /v1/customers/a/grants/g", (api) => api.grants.get("a", "g")],
    ["GET /v1/customers/a/grants", (api) => api.grants.list("a")],
    ["GET /v1/customers/a/grants/g/entries", (api) => api.grants.entries("a", "g")],
    ["PUT /v1/customers/66.249.73.135", (api) => api.customers.put("66.249.73.135", { plan: "p" }), { plan: "p" }],
    ["GET /v1/customers/a%3Ab", (api) => api.customers.get("a:b")],
    ["GET /v1/customers?cursor=x", (api) => api.customers.list({ cursor: "x" })],
    ["GET /v1/customers/c/balance", (api) => api.customers.balance("c")],
    [
      "POST /v1/subscriptions",
      (api) => api.subscriptions.create({ customer: "c", plan: "p", start: "2026-11-01" }),
      { customer: "c", plan: "p", start: "2026-11-01" },
    ],
    ["GET /v1/subscriptions/s%20t", (api) => api.subscriptions.get("s t")],
    ["POST /v1/subscriptions/s/change", (api) => api.subscriptions.change("s", { plan: "p" }), { plan: "p" }],
    ["POST /v1/subscriptions/s/pause", (api) => api.subscriptions.pause("s"), {}],
    ["POST /v1/subscriptions/s/resume", (api) => api.subscriptions.resume("s", { at: "now" }), { at: "now" }],
    [
      "POST /v1/subscriptions/s/cancel",
      (api) => api.subscriptions.cancel("s", { at: "period_end" }),
      { at: "period_end" },
    ],
    ["GET /v1/subscriptions?customer=c", (api) => api.subscriptions.list({ customer: "c" })],
    [
      "GET /v1/usage?meter=m&from=2026-11-01T00%3A00%3A00Z&to=2026-12-01T00%3A00%3A00Z&groupBy=a%2Cb",
      (api) => api.usage.query({ meter: "m", ...range, groupBy: ["a", "b"] }),
    ],
    ["GET /v1/invoices?status=sealed", (api) => api.invoices.list({ status: "sealed" })],
    ["GET /v1/collections?status=past_due", (api) => api.collections.list({ status: "past_due" })],
    ["GET /v1/invoices/i/collection", (api) => api.invoices.collection("i")],
    ["GET /v1/invoices/i", (api) => api.invoices.get("i")],
    ["POST /v1/invoices/i/pay", (api) => api.invoices.pay("i", { reason: "bank" }), { reason: "bank" }],
    ["POST /v1/invoices/i/void", (api) => api.invoices.void("i", { reason: "wrong" }), { reason: "wrong" }],
    ["POST /v1/invoices/i/uncollectible", (api) => api.invoices.writeOff("i", { reason: "x" }), { reason: "x" }],
    ["GET /v1/customers/c/invoices/draft", (api) => api.invoices.draft("c")],
    ["GET /v1/credit-notes?invoice=i", (api) => api.creditNotes.list({ invoice: "i" })],
    [
      "POST /v1/invoices/i/credit-notes",
      (api) => api.creditNotes.create("i", { whole: true, reason: "wrong" }),
      { whole: true, reason: "wrong" },
    ],
    ["GET /v1/ledger/trial-balance", (api) => api.ledger.trialBalance()],
    ["GET /v1/ledger/accounts?party=ann", (api) => api.ledger.accounts({ party: "ann" })],
    [
      "GET /v1/ledger/accounts/revenue%3AUSD/entries?cursor=c",
      (api) => api.ledger.entries("revenue:USD", { cursor: "c" }),
    ],
    ["POST /v1/ledger/close", (api) => api.ledger.close("2026-11-30"), { through: "2026-11-30" }],
    ["GET /v1/ledger/closes", (api) => api.ledger.closes()],
    ["GET /v1/ledger/journal?format=hledger", (api) => api.ledger.journal({ format: "hledger" })],
    ["POST /v1/webhooks", (api) => api.webhooks.create({ url: "https://a.example/x" }), { url: "https://a.example/x" }],
    ["GET /v1/webhooks", (api) => api.webhooks.list()],
    ["GET /v1/webhooks/w", (api) => api.webhooks.get("w")],
    ["PUT /v1/webhooks/w", (api) => api.webhooks.put("w", { enabled: true }), { enabled: true }],
    ["DELETE /v1/webhooks/w", (api) => api.webhooks.delete("w")],
    ["POST /v1/webhooks/w/rotate", (api) => api.webhooks.rotate("w"), {}],
    ["POST /v1/webhooks/w/test", (api) => api.webhooks.test("w"), {}],
    ["GET /v1/webhooks/w/deliveries?status=failed", (api) => api.webhooks.deliveries("w", { status: "failed" })],
    ["GET /v1/webhooks/messages/m", (api) => api.webhooks.message("m")],
    ["POST /v1/webhooks/w/deliveries/m/replay", (api) => api.webhooks.replay("w", "m"), {}],
    ["POST /v1/webhooks/w/replay", (api) => api.webhooks.replayRange("w", range), range],
    ["GET /v1/invoices/i/charges?limit=500", (api) => api.invoices.charges("i", { limit: 500 })],
    ["POST /v1/settlements", (api) => api.settlements.create({ through: "2026-11-30" }), { through: "2026-11-30" }],
    ["GET /v1/settlements/s", (api) => api.settlements.get("s")],
    ["GET /v1/settlements", (api) => api.settlements.list()],
    ["GET /v1/settlements/s/export?format=csv", (api) => api.settlements.export("s")],
    [
      "GET /v1/reports/conservation?from=2026-11-01T00%3A00%3A00Z&to=2026-12-01T00%3A00%3A00Z",
      (api) => api.reports.conservation(range),
    ],
    [
      "POST /v1/events/void",
      (api) => api.events.void({ id: "e", customer: "c", reason: "a mistake" }),
      { id: "e", customer: "c", reason: "a mistake" },
    ],
    ["GET /v1/events/a%2Fb?customer=c&source=", (api) => api.events.get("a/b", { customer: "c", source: "" })],
    ["GET /v1/events/tail?cursor=x&wait=5", (api) => api.events.tail({ cursor: "x", wait: 5 })],
    [
      "POST /v1/events/replace",
      (api) => api.events.replace({ id: "e", customer: "c", event: { id: "f", type: "t", customer: "c" } }),
      { id: "e", customer: "c", event: { id: "f", type: "t", customer: "c" } },
    ],
    ["POST /v1/backfills", (api) => api.backfills.open("b"), { name: "b" }],
    ["GET /v1/backfills/b", (api) => api.backfills.get("b")],
    ["GET /v1/backfills?limit=5", (api) => api.backfills.list({ limit: 5 })],
    ["GET /v1/backfills/b/preview?through=x", (api) => api.backfills.preview("b", { through: "x" })],
    ["POST /v1/backfills/b/commit", (api) => api.backfills.commit("b"), {}],
    ["POST /v1/backfills/b/drop", (api) => api.backfills.drop("b"), {}],
    ["GET /v1/shards", (api) => api.shards.get()],
    ["PUT /v1/shards", (api) => api.shards.set(4), { count: 4 }],
    ["GET /v1/events?verdict=conflict", (api) => api.events.list({ verdict: "conflict" })],
    ["POST /v1/keys", (api) => api.keys.create({ roles: ["read"] }), { roles: ["read"] }],
    ["GET /v1/keys", (api) => api.keys.list()],
    ["GET /v1/merchant", (api) => api.merchant.get()],
    ["PUT /v1/merchant", (api) => api.merchant.put({ seller: { name: "S" } }), { seller: { name: "S" } }],
    ["GET /v1/invoices/i/pdf", (api) => api.invoices.pdf("i")],
  ])("%s", async ([route, call, body]) => {
    const { api, calls } = await client(fine);
    await call(api);
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([route]);
    expect(calls[0]?.body).toEqual(body);
  });

  test("DELETE /v1/keys/k", async () => {
    const { api, calls } = await client({ status: 200, body: { id: "k" } });
    expect(await api.keys.revoke("k")).toEqual({ id: "k" });
    expect(calls).toMatchObject([{ method: "DELETE", path: "/v1/keys/k" }]);
  });

  test("POST /v1/events", async () => {
    const { api, server } = await client(fine);
    const answer = await api.events.send([{ id: "e", type: "t", customer: "c" }], {
      backfill: "old",
      idempotencyKey: "mine",
    });
    expect(answer).toMatchObject({ accepted: 1, rejected: [] });
    expect(server.requests).toMatchObject([{ query: "backfill=old", headers: { "idempotency-key": "mine" } }]);
  });

  test("POST /v1/events of which nothing is kept is an answer too", async () => {
    const server = await startLoopback({ refuse: () => "time_too_old" });
    open.push(server);
    const api = new FarthingClient({ key: "k", url: server.url });
    expect(await api.events.send([{ type: "t", customer: "c" }])).toMatchObject({
      accepted: 0,
      rejected: [{ code: "time_too_old" }],
    });
  });
});

describe("a list", () => {
  test("is read to its end, a page at a time", async () => {
    const pages = [
      { status: 200, body: { items: [1, 2], nextCursor: "two" } },
      { status: 200, body: { items: [], nextCursor: "three" } },
      { status: 200, body: { items: [3] } },
    ];
    const { api, calls } = await client(...pages);
    const seen: unknown[] = [];
    for await (const one of api.invoices.each({ customer: "c" })) seen.push(one);
    expect(seen).toEqual([1, 2, 3]);
    expect(calls.map(({ path }) => path)).toEqual([
      "/v1/invoices?limit=500&customer=c",
      "/v1/invoices?limit=500&customer=c&cursor=two",
      "/v1/invoices?limit=500&customer=c&cursor=three",
    ]);
  });

  test("is read no further than it is wanted", async () => {
    const { api, calls } = await client({ status: 200, body: { items: [1], nextCursor: "again" } });
    for await (const _ of api.invoices.eachCharge("i")) break;
    expect(calls).toHaveLength(1);
  });
});

describe("a refusal", () => {
  test("carries the problem document", async () => {
    const problem = {
      type: "x",
      title: "Not found",
      status: 404,
      code: "not_found",
      detail: "No such plan.",
      plan: "p",
    };
    const { api, calls } = await client({ status: 404, body: problem });
    const error = await api.plans.get("p").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FarthingError);
    expect(error).toMatchObject({ code: "not_found", status: 404, problem, message: "No such plan. (not_found)" });
    expect(calls).toHaveLength(1);
  });

  test("of a gateway has a code too", async () => {
    const { api } = await client({ status: 403, body: { message: "Forbidden" } });
    await expect(api.merchant.get()).rejects.toMatchObject({ code: "http_403", status: 403 });
  });

  test("that a retry can change is retried, with the same idempotency key", async () => {
    const { api, calls } = await client(
      { status: 503, body: {} },
      { status: 429, body: {} },
      { status: 202, body: { id: "s" } },
    );
    expect(await api.settlements.create({ through: "2026-11-30" })).toEqual({ id: "s" });
    expect(calls).toHaveLength(3);
  });

  test("that lasts is thrown", async () => {
    const { api, calls } = await client({ status: 500, body: { code: "internal", title: "Internal", detail: "" } });
    await expect(api.merchant.get()).rejects.toMatchObject({
      code: "internal",
      status: 500,
      message: "Internal (internal)",
    });
    expect(calls).toHaveLength(4);
  });

  test("of the network names what failed", async () => {
    const { api, server } = await client(fine);
    await server.close();
    await expect(api.merchant.get()).rejects.toMatchObject({ code: "network_error", status: 0 });
    await expect(api.merchant.get()).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe("backfills", () => {
  test("are waited for until they are committed", async () => {
    const states = ["committing", "committing", "committed"].map((status) => ({
      status: 200,
      body: { name: "b", status },
    }));
    const { api, calls } = await client(...states);
    expect(await api.backfills.wait("b", { everyMs: 1 })).toEqual({ name: "b", status: "committed" });
    expect(calls).toHaveLength(3);
  });

  test("are given up after a while", async () => {
    const { api } = await client({ status: 200, body: { name: "b", status: "committing" } });
    await expect(api.backfills.wait("b", { timeoutMs: 0 })).rejects.toMatchObject({ code: "timed_out" });
  });
});

describe("settlements", () => {
  const at = (status: string) => ({ status: 200, body: { id: "s", status } });

  test("are waited for until they are done", async () => {
    const { api, clock } = await client(at("rolling"), at("settling"), at("done"));
    const seen: string[] = [];
    const settlement = await api.settlements.wait("s", { everyMs: 250, onProgress: ({ status }) => seen.push(status) });
    expect([settlement.status, seen, clock.slept]).toEqual(["done", ["rolling", "settling", "done"], [250, 250]]);
  });

  test("are waited for no longer than asked", async () => {
    const { api } = await client(at("rolling"));
    await expect(api.settlements.wait("s", { timeoutMs: 3_000 })).rejects.toMatchObject({ code: "timed_out" });
  });

  test("are exported as a stream", async () => {
    const { api } = await client({ status: 200, body: "a,b" });
    expect(await (await api.settlements.export("s", "jsonl")).text()).toBe('"a,b"');
  });

  test("are exported in parts, each of which names the next", async () => {
    const next = { link: '</v1/settlements/s/export?format=xlsx&parts=true&cursor=x>; rel="next"' };
    const { api, calls } = await client({ status: 200, body: 1, headers: next }, { status: 200, body: 2 });
    const parts: string[] = [];
    for await (const part of api.settlements.exportParts("s", "xlsx")) parts.push(await part.text());
    expect(parts).toEqual(["1", "2"]);
    expect(calls.map(({ path }) => path)).toEqual([
      "/v1/settlements/s/export?format=xlsx&parts=true",
      "/v1/settlements/s/export?format=xlsx&parts=true&cursor=x",
    ]);
  });

  test("an export that is refused throws", async () => {
    const { api } = await client({ status: 404, body: { code: "not_found", title: "Not found", detail: "" } });
    await expect(api.settlements.export("s")).rejects.toMatchObject({ code: "not_found" });
  });
});
