import type {
  Conservation,
  IngestAnswer,
  Invoice,
  InvoiceSummary,
  MicroCharge,
  Page,
  Settlement,
  Usage,
} from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { picosOf, sumOf } from "../support/picos.ts";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

const start = "2026-06-10T12:00:00Z";
const now = Date.parse(start);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const timeAt = (ms: number) => new Date(ms).toISOString();

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
  const prices = [{ model: "per_unit", meter: "calls", unitPrice: "1.25" }];
  await shop.send("PUT", "/v1/plans/web", { currency: "USD", interval: "month", prices });
  for (const id of ["ann", "bob"]) await shop.send("PUT", `/v1/customers/${id}`, { plan: "web" });
});

const call = (id: string, time: string, customer = "ann") => ({ id, type: "call", customer, time });

async function send(events: readonly object[], query = ""): Promise<IngestAnswer> {
  return (await shop.send<IngestAnswer>("POST", `/v1/events${query}`, events)).json;
}

async function settle(through: string): Promise<readonly Invoice[]> {
  const { json: created } = await shop.send<Settlement>("POST", "/v1/settlements", { through });
  await world.drain();
  const listed = await shop.send<Page<InvoiceSummary>>("GET", `/v1/invoices?settlement=${created.id}&limit=500`);
  return await Promise.all(
    listed.json.items.map(async ({ id }) => (await shop.send<Invoice>("GET", `/v1/invoices/${id}`)).json),
  );
}

async function usage(exact: boolean, from = now - 40 * dayMs): Promise<string | null | undefined> {
  const query = `meter=calls&customer=ann&from=${timeAt(from)}&to=${timeAt(now + dayMs)}&exact=${exact}`;
  return (await shop.send<Usage>("GET", `/v1/usage?${query}`)).json.rows[0]?.value;
}

async function conservation(fromMs: number, toMs: number): Promise<Conservation> {
  const range = `from=${timeAt(fromMs)}&to=${timeAt(toMs)}`;
  return (await shop.send<Conservation>("GET", `/v1/reports/conservation?${range}`)).json;
}

describe("a thousand copies spread over 30 days", () => {
  test("bill once, whether a seal lies between them or not; exact usage says so before", async () => {
    // Eight in an hour, which fall out at its roll, every six hours: that many hours are left to the seal.
    const copies = Array.from({ length: 1000 }, (_, i) =>
      call("a", timeAt(now - 30 * dayMs + Math.floor(i / 8) * 20_720_000 + (i % 8) * 60_000)),
    );
    await send(copies.slice(0, 500));
    expect([await usage(true), Number(await usage(false))]).toEqual(["1", expect.any(Number)]);
    const first = await settle(timeAt(now - 10 * dayMs));
    expect(first).toMatchObject([{ exact: "1.25", events: 1 }]);
    await send(copies.slice(500));
    expect(await usage(true)).toBe("1");
    expect(await settle(start)).toEqual([]);
    const report = await conservation(now - 31 * dayMs, now + hourMs);
    expect(report).toMatchObject({ accepted: 1000, billed: 1, gap: 0 });
  });
});

describe("events that come late", () => {
  test("are taken up to 35 days back, to the millisecond, and to 5 minutes ahead", async () => {
    const answer = await send([
      call("oldest", timeAt(now - 35 * dayMs)),
      call("older", timeAt(now - 35 * dayMs - 1)),
      call("newest", timeAt(now + 300_000)),
      call("newer", timeAt(now + 300_001)),
    ]);
    expect(answer).toMatchObject({
      accepted: 2,
      rejected: [
        { id: "older", code: "time_too_old" },
        { id: "newer", code: "time_in_future" },
      ],
    });
    expect(await usage(false, now - 35 * dayMs)).toBe("2");
  });

  test("are billed by the next invoice, in the period that they belong to", async () => {
    await send([call("a", "2026-05-20T00:00:00Z")]);
    await settle("2026-06-01T00:00:00Z");
    await send([call("b", "2026-05-20T00:00:00Z"), call("c", "2026-06-09T00:00:00Z")]);
    const [invoice] = await settle("2026-06-10T00:00:00Z");
    expect(invoice?.lines).toMatchObject([
      { kind: "adjustment", quantity: "1", exact: "1.25", period: { from: "2026-05-01T00:00:00.000Z" } },
      { kind: "usage", quantity: "1", exact: "1.25", period: { from: "2026-06-01T00:00:00.000Z" } },
    ]);
  });
});

describe("POST /v1/events/replace", () => {
  const replace = (event: object, more: object = {}) =>
    shop.send<Problem>("POST", "/v1/events/replace", { id: "a", customer: "ann", event, ...more });

  test("of a billed event is an adjustment with both events behind it", async () => {
    await send([call("a", "2026-05-31T00:00:00Z"), call("k", "2026-05-31T01:00:00Z")]);
    expect(await settle("2026-06-01T00:00:00Z")).toMatchObject([{ exact: "2.5" }]);
    const moved = call("b", "2026-05-31T00:00:00Z", "bob");
    for (let time = 0; time < 2; time++)
      expect(await replace(moved, { reason: "another customer's" })).toMatchObject({
        status: 202,
        json: { voided: { id: "a", customer: "ann" }, event: { id: "b", customer: "bob" }, warnings: [] },
      });
    await send([call("n", "2026-06-09T00:00:00Z"), call("o", "2026-06-09T00:00:00Z")]);
    const invoices = await settle("2026-06-10T00:00:00Z");
    const ann = invoices.find(({ customer }) => customer === "ann");
    expect(ann?.lines).toMatchObject([
      { kind: "adjustment", quantity: "-1", exact: "-1.25", amount: "-1.25" },
      { kind: "usage", quantity: "2", exact: "2.5", amount: "2.50" },
    ]);
    expect(sumOf(ann?.lines.map(({ amount }) => amount) ?? [])).toBe(picosOf(ann?.total ?? ""));
    const charges = (await shop.send<Page<MicroCharge>>("GET", `/v1/invoices/${ann?.id}/charges`)).json.items;
    expect(charges.map(({ id, quantity, amount }) => [id, quantity, amount])).toEqual([
      ["a", "-1", "-1.25"],
      ["n", "1", "1.25"],
      ["o", "1", "1.25"],
    ]);
    expect(invoices.find(({ customer }) => customer === "bob")).toMatchObject({ exact: "1.25", events: 1 });
    const [may, june] = [Date.parse("2026-05-31T00:00:00Z"), Date.parse("2026-06-09T00:00:00Z")];
    expect(await conservation(may, may + 2 * hourMs)).toMatchObject({ accepted: 3, billed: 2, voided: 1, gap: 0 });
    expect(await conservation(june, june + hourMs)).toMatchObject({ accepted: 2, billed: 2, gap: 0 });
  });

  test("takes the event of an id that was void before it came", async () => {
    await replace(call("b", "2026-06-10T11:00:00Z"));
    await send([call("a", "2026-06-10T11:00:00Z")]);
    expect(await usage(true)).toBe("1");
  });

  test.for([
    { event: call("a", start), more: {}, code: "same_identity" },
    { event: call("b", timeAt(now - 35 * dayMs - 1)), more: {}, code: "time_too_old" },
    { event: call("b", timeAt(now + 300_001)), more: {}, code: "time_in_future" },
    { event: { ...call("b", start), extra: 1 }, more: {}, code: "invalid_event" },
    { event: { ...call("b", start), type: "charge" }, more: {}, code: "invalid_amount" },
    { event: { ...call("b", start), data: { x: "x".repeat(9000) } }, more: {}, code: "data_too_large" },
    { event: { id: "b", type: "call" }, more: {}, code: "invalid_request" },
    { event: call("b", start), more: { extra: 1 }, code: "invalid_request" },
  ])("is refused as a whole: $code", async ({ event, more, code }) => {
    await send([call("a", "2026-06-10T11:00:00Z")]);
    expect(await replace(event, more)).toMatchObject({ status: 422, json: { code } });
    expect(await usage(true)).toBe("1");
  });
});

describe("/v1/shards", () => {
  test("grows from 1 to 64 while events come in, which bill once each", async () => {
    expect(await shop.send("GET", "/v1/shards")).toMatchObject({ status: 200, json: { count: 1 } });
    const set = { count: 1, next: { count: 64, from: "2026-06-10T14:00:00.000Z" } };
    for (let time = 0; time < 2; time++)
      expect(await shop.send("PUT", "/v1/shards", { count: 64 })).toMatchObject({ status: 200, json: set });
    const customers = ["ann", "bob", ...Array.from({ length: 14 }, (_, i) => `c${i}`)];
    for (let hour = 12; hour < 16; hour++) {
      world.at(`2026-06-10T${hour}:30:00Z`);
      const events = customers.flatMap((customer) =>
        [hour - 1, hour].map((at) => call(`${hour}.${at}`, `2026-06-10T${at}:29:00Z`, customer)),
      );
      for (let time = 0; time < 2; time++) await send(events);
      await world.roll();
    }
    expect(await shop.send("GET", "/v1/shards")).toMatchObject({ json: { count: 64 } });
    const report = await conservation(now - hourMs, now + 4 * hourMs);
    expect(report).toMatchObject({ accepted: customers.length * 8, gap: 0, conflict: 0 });
    const invoices = await settle("2026-06-10T16:00:00Z");
    expect(invoices).toMatchObject([
      { exact: "10", events: 8 },
      { exact: "10", events: 8 },
    ]);
  });

  test.for([0, 65, 1.5, "4", null])("refuses %j of them", async (count) => {
    expect(await shop.send<Problem>("PUT", "/v1/shards", { count })).toMatchObject({
      status: 422,
      json: { code: "invalid_request" },
    });
  });

  test.for(["ingest", "read", "billing", "finance"] as const)("opens for admins alone, not for %s", async (role) => {
    for (const method of ["GET", "PUT"]) {
      const body = method === "PUT" ? { count: 2 } : undefined;
      const answer = await shop.send<Problem>(method, "/v1/shards", body, { key: shop.keys[role] });
      expect(answer).toMatchObject({ status: 403, json: { code: "forbidden" } });
    }
  });
});
