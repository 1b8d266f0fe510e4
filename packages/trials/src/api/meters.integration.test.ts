import type { IngestAnswer, Invoice, InvoiceSummary, Meter, MicroCharge, Page, Settlement, Usage } from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

const may = "2026-05-01T00:00:00.000Z";
/** When merchants begin: shortly before the month's second event, since each hour that a merchant has lived is looked at. */
const begin = "2026-05-16T00:00:00.000Z";
const june = "2026-06-01T00:00:00.000Z";

let world: ApiWorld;
let shop: Shop;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), begin);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.at(begin);
  shop = await world.shop();
});

async function put(key: string, aggregation: string, more: object = {}): Promise<Meter> {
  const answer = await shop.send<Meter>("PUT", `/v1/meters/${key}`, { eventType: "call", aggregation, ...more });
  expect(answer).toMatchObject({ status: 200 });
  return answer.json;
}

const call = (id: string, time: string, data: object) => ({ id, type: "call", customer: "ann", time, data });

async function send(...events: readonly object[]): Promise<void> {
  const answer = await shop.send<IngestAnswer>("POST", "/v1/events", events);
  expect(answer.json).toMatchObject({ accepted: events.length, rejectedCount: 0 });
}

const ask = (meter: string, more = "") =>
  shop.send<Usage>("GET", `/v1/usage?meter=${meter}&from=${may}&to=${june}${more}`);

async function settle(through: string): Promise<readonly Invoice[]> {
  const { json: created } = await shop.send<Settlement>("POST", "/v1/settlements", { through });
  await world.drain();
  const listed = await shop.send<Page<InvoiceSummary>>("GET", `/v1/invoices?settlement=${created.id}`);
  const found = listed.json.items.map(({ id }) => shop.send<Invoice>("GET", `/v1/invoices/${id}`));
  return (await Promise.all(found)).map(({ json }) => json);
}

async function twoCalls(): Promise<void> {
  world.at("2026-05-17T00:00:00Z");
  await send(
    call("a", "2026-05-01T00:00:00Z", { size: 4, user: "u", model: "lite" }),
    call("b", "2026-05-16T12:00:00Z", { size: "2", user: "v", model: "pro" }),
  );
}

const aggregations = [
  { aggregation: "count", value: "2", empty: "0" },
  { aggregation: "sum", value: "6", empty: "0" },
  { aggregation: "max", value: "4", empty: null },
  { aggregation: "min", value: "2", empty: null },
  { aggregation: "latest", value: "2", empty: null },
  { aggregation: "unique_count", value: "2", empty: "0" },
  { aggregation: "average", value: "3", empty: null },
  { aggregation: "weighted_sum", value: "5", empty: "4" },
  { aggregation: "sum_prorated", value: "5.032258064516129032", empty: "4" },
  { aggregation: "unique_count_prorated", value: "1.516129032258064516", empty: "1" },
] as const;

test("each aggregation has its value over a month, before its rolls and after them", async () => {
  for (const { aggregation } of aggregations) {
    await put(aggregation, aggregation, { value: aggregation.startsWith("unique") ? "user" : "size" });
  }
  await twoCalls();
  const asked = async (aggregation: string) => ({
    aggregation,
    value: (await ask(aggregation)).json.rows.map((row) => row.value),
    empty: (await ask(aggregation, "&window=day&timezone=Europe/Berlin")).json.rows[10]?.value,
  });
  const expected = aggregations.map(({ aggregation, value, empty }) => ({ aggregation, value: [value], empty }));
  expect(await Promise.all(aggregations.map(({ aggregation }) => asked(aggregation)))).toEqual(expected);
  // One event waits for its hour's roll, the other, from before the merchant began, for that of its mark.
  await world.roll();
  await world.fire("metering/plan-sweeps");
  expect(await Promise.all(aggregations.map(({ aggregation }) => asked(aggregation)))).toEqual(expected);
});

describe("a meter", () => {
  test("takes what its filter takes, and says from when on it counts all", async () => {
    await twoCalls();
    const filter = { model: { in: ["lite", "mini"] }, not: { size: { gt: 4 } } };
    const made = await put("lite", "sum", { value: "size", filter });
    expect(made).toMatchObject({ filter, countsFrom: null, revision: 1 });
    expect((await ask("lite")).json.rows).toMatchObject([{ value: "4" }]);
    const settled = "2026-05-17T00:00:00.000Z";
    await settle(settled);
    const changed = await put("lite", "sum", { value: "size", filter: { model: "pro" } });
    expect(changed).toMatchObject({ countsFrom: settled, revision: 2 });
    expect((await shop.send<Meter>("GET", "/v1/meters/lite")).json).toEqual(changed);
  });

  test.for([
    { body: { aggregation: "median", value: "size" }, why: "an aggregation that there is not" },
    { body: { aggregation: "max" }, why: "no value" },
    { body: { aggregation: "count", filter: { size: { above: 1 } } }, why: "an operator that there is not" },
    { body: { aggregation: "count", filter: {} }, why: "a filter of nothing" },
    { body: { aggregation: "sum", value: "size", operation: "op" }, why: "an operation that nothing asks for" },
  ])("is refused for $why", async ({ body }) => {
    const answer = await shop.send<Problem>("PUT", "/v1/meters/m", { eventType: "call", ...body });
    expect(answer).toMatchObject({ status: 422, json: { code: "invalid_request" } });
  });
});

describe("usage", () => {
  test.for([
    { query: "", meter: "none", code: "unknown_meter", names: "none" },
    { query: "&groupBy=planet", meter: "m", code: "unknown_group", names: "planet" },
    { query: "&timezone=Mars/Olympus", meter: "m", code: "unknown_timezone", names: "Mars/Olympus" },
  ])("is a 422 for what there is not, and names it: $names", async ({ query, meter, code, names }) => {
    await put("m", "count");
    const answer = await shop.send<Problem>("GET", `/v1/usage?meter=${meter}&from=${may}&to=${june}${query}`);
    expect(answer).toMatchObject({ status: 422, json: { code } });
    expect(JSON.stringify(answer.json)).toContain(names);
  });

  test("is CSV for those who ask for it", async () => {
    await put("m", "max", { value: "size", groupBy: ["model"] });
    await twoCalls();
    const headers = { accept: "text/csv" };
    const address = `/v1/usage?meter=m&from=${may}&to=${june}&groupBy=model`;
    const answer = await shop.send("GET", address, undefined, { headers });
    expect(answer.headers["content-type"]).toContain("text/csv");
    expect(Buffer.from(answer.text, "base64").toString()).toBe(
      `from,to,group.model,value\r\n${may},${june},lite,4\r\n${may},${june},pro,2\r\n`,
    );
  });
});

test("a level is billed in the period after its event, in a row of its own", async () => {
  await put("seats", "weighted_sum", { value: "size" });
  const prices = [{ model: "per_unit", meter: "seats", unitPrice: "10" }];
  await shop.send("PUT", "/v1/plans/team", { currency: "USD", interval: "day", prices });
  await shop.send("PUT", "/v1/customers/ann", { plan: "team" });
  world.at("2026-05-17T00:00:00Z");
  await send(call("a", "2026-05-16T00:00:00Z", { size: 4 }), call("b", "2026-05-16T12:00:00Z", { size: "2" }));
  const [first] = await settle("2026-05-17T00:00:00Z");
  expect(first?.lines).toMatchObject([{ meter: "seats", quantity: "5", exact: "50" }]);
  world.at("2026-05-18T00:00:00Z");
  const [second] = await settle("2026-05-18T00:00:00Z");
  expect(second).toMatchObject({ total: "60.00", events: 0, lines: [{ meter: "seats", quantity: "6" }] });
  const charges = await shop.send<Page<MicroCharge>>("GET", `/v1/invoices/${second?.id}/charges`);
  expect(charges.json.items).toMatchObject([{ kind: "carried", quantity: "6", amount: "60", running: "60" }]);
});
