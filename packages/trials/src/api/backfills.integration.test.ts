import type { Conservation, IngestAnswer, Invoice, InvoiceSummary, Page, Settlement, Usage } from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { type Answer, ApiWorld, type Problem, type Shop } from "./api-world.ts";

const start = "2026-06-10T12:00:00Z";

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
const send = (events: readonly object[], name: string) =>
  shop.send<IngestAnswer & Problem>("POST", `/v1/events?backfill=${name}`, events);
const open = (name: string): Promise<Answer<Problem>> => shop.send("POST", "/v1/backfills", { name });
const end = (name: string, how: "commit" | "drop"): Promise<Answer<Problem>> =>
  shop.send("POST", `/v1/backfills/${name}/${how}`);
const get = async (name: string) => (await shop.send<object>("GET", `/v1/backfills/${name}`)).json;

async function settle(through: string): Promise<readonly Invoice[]> {
  const { json: created } = await shop.send<Settlement>("POST", "/v1/settlements", { through });
  await world.drain();
  const listed = await shop.send<Page<InvoiceSummary>>("GET", `/v1/invoices?settlement=${created.id}&limit=500`);
  return await Promise.all(
    listed.json.items.map(async ({ id }) => (await shop.send<Invoice>("GET", `/v1/invoices/${id}`)).json),
  );
}

async function usage(): Promise<string | null | undefined> {
  const range = "from=2015-01-01T00:00:00Z&to=2027-01-01T00:00:00Z";
  return (await shop.send<Usage>("GET", `/v1/usage?meter=calls&${range}`)).json.rows[0]?.value;
}

async function conservation(day: string): Promise<Conservation> {
  const range = `from=${day}T00:00:00Z&to=${day}T23:59:59Z`;
  return (await shop.send<Conservation>("GET", `/v1/reports/conservation?${range}`)).json;
}

const old = [
  call("a", "2026-01-05T10:00:00Z"),
  call("b", "2026-01-05T11:00:00Z"),
  call("a", "2026-01-05T10:00:00Z", "bob"),
];

describe("a backfill", () => {
  test("is opened, filled, previewed and committed; what it says is what the invoice asks for", async () => {
    await shop.send("POST", "/v1/events", [call("now", "2026-06-10T11:00:00Z")]);
    expect(await open("jan")).toMatchObject({ status: 201, json: { name: "jan", status: "open" } });
    for (let time = 0; time < 2; time++)
      expect(await send(old, "jan")).toMatchObject({
        status: 202,
        json: { accepted: 3, backfill: { name: "jan", staged: true } },
      });
    const held = { events: 3, customers: 2, from: "2026-01-05T10:00:00.000Z", to: "2026-01-05T11:00:00.000Z" };
    expect(await get("jan")).toMatchObject({ status: "open", ...held });
    await world.roll();
    expect(await usage()).toBe("1");
    expect(await conservation("2026-01-05")).toMatchObject({ accepted: 0, gap: 0 });

    const preview = await shop.send<Page<object>>("GET", "/v1/backfills/jan/preview?limit=1");
    const ann = { customer: "ann", events: 2, counted: 2, duplicates: 0, conflicts: 0, voided: 0 };
    const annInvoice = {
      currency: "USD",
      before: "1.25",
      after: "3.75",
      change: "2.5",
      totalBefore: "1.25",
      totalAfter: "3.75",
    };
    const line = { kind: "usage", meter: "calls", quantity: "2", exact: "2.5" };
    expect(preview.json.items).toMatchObject([{ ...ann, invoices: [{ ...annInvoice, lines: [line] }] }]);
    const rest = await shop.send<Page<object>>(
      "GET",
      `/v1/backfills/jan/preview?limit=1&cursor=${preview.json.nextCursor}`,
    );
    expect(rest.json).toMatchObject({ items: [{ customer: "bob", invoices: [{ after: "1.25" }] }] });
    expect(rest.json.nextCursor).toBeUndefined();

    expect(await end("jan", "commit")).toMatchObject({ status: 202, json: { status: "committing" } });
    await world.drain(2);
    expect(await get("jan")).toMatchObject({ status: "committed", ...held });
    expect(await usage()).toBe("4");
    expect(await settle(start)).toMatchObject([
      { customer: "ann", exact: "3.75" },
      { customer: "bob", exact: "1.25" },
    ]);
    expect(await conservation("2026-01-05")).toMatchObject({ accepted: 3, billed: 3, gap: 0 });
  });

  test("is dropped as a whole", async () => {
    await open("jan");
    await send(old, "jan");
    expect(await end("jan", "drop")).toMatchObject({ status: 202, json: { status: "dropped" } });
    await world.drain(2);
    expect([await usage(), await get("jan")]).toMatchObject(["0", { status: "dropped", events: 3 }]);
    expect(await settle(start)).toEqual([]);
  });

  test("that was committed takes nothing more, and its events once more change nothing", async () => {
    await open("jan");
    await send(old, "jan");
    await end("jan", "commit");
    await world.drain();
    const closed = { status: 409, json: { code: "backfill_closed" } };
    expect([await send(old, "jan"), await open("jan"), await end("jan", "drop")]).toMatchObject([
      closed,
      closed,
      closed,
    ]);
    expect(await end("jan", "commit")).toMatchObject({ status: 202, json: { status: "committed" } });
    expect(await send(old, "straight")).toMatchObject({ json: { backfill: { name: "straight", staged: false } } });
    expect(await usage()).toBe("3");
    await world.drain();
    expect(await conservation("2026-01-05")).toMatchObject({ accepted: 3, gap: 0 });
  });

  test("is pushed on by the schedule where its message was lost", async () => {
    await open("jan");
    await send(old, "jan");
    await end("jan", "commit");
    world.lose();
    await world.fire("metering/plan-backfills");
    expect(await get("jan")).toMatchObject({ status: "committed" });
    expect(await usage()).toBe("3");
  });

  test("that is open through a settlement is billed by the next", async () => {
    await open("jan");
    await send(old, "jan");
    expect(await settle("2026-06-10T00:00:00Z")).toEqual([]);
    await end("jan", "commit");
    await world.drain();
    expect(await settle(start)).toMatchObject([{ exact: "2.5" }, { exact: "1.25" }]);
  });

  test("is listed by name", async () => {
    for (const name of ["b", "a", "c"]) await open(name);
    const first = await shop.send<Page<{ name: string }>>("GET", "/v1/backfills?limit=2");
    expect(first.json.items.map(({ name }) => name)).toEqual(["a", "b"]);
    const next = await shop.send<Page<object>>("GET", `/v1/backfills?limit=2&cursor=${first.json.nextCursor}`);
    expect(next.json).toMatchObject({ items: [{ name: "c", status: "open" }] });
  });

  test("that nobody opened is not found; a name that is none is refused", async () => {
    const missing = { status: 404, json: { code: "not_found" } };
    expect(await shop.send<Problem>("GET", "/v1/backfills/none")).toMatchObject(missing);
    expect(await shop.send<Problem>("GET", "/v1/backfills/none/preview")).toMatchObject(missing);
    for (const how of ["commit", "drop"] as const) expect(await end("none", how)).toMatchObject(missing);
    for (const name of ["", "a b", "x".repeat(129)])
      expect(await open(name)).toMatchObject({ status: 422, json: { code: "invalid_request" } });
  });

  test("opens for those who send events, and ends by those who bill", async () => {
    const by = (role: "ingest" | "read" | "finance", method: string, address: string, body?: object) =>
      shop.send<Problem>(method, address, body, { key: shop.keys[role] });
    expect(await by("ingest", "POST", "/v1/backfills", { name: "jan" })).toMatchObject({ status: 201 });
    expect(await by("read", "GET", "/v1/backfills/jan/preview")).toMatchObject({ status: 200 });
    for (const how of ["commit", "drop"])
      expect(await by("ingest", "POST", `/v1/backfills/jan/${how}`)).toMatchObject({ status: 403 });
    expect(await by("finance", "POST", "/v1/backfills", { name: "x" })).toMatchObject({ status: 403 });
  });
});
