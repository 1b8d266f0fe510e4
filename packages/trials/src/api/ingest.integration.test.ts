import { gzipSync, zstdCompressSync } from "node:zlib";
import type { Conservation, IngestAnswer, Usage } from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { type Answer, ApiWorld, type Problem, type Shop, type With } from "./api-world.ts";

const now = Date.parse("2026-07-10T12:00:00.000Z");
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const timeAt = (ms: number) => new Date(ms).toISOString();
const typed = (type: string) => ({ headers: { "content-type": type } });
const json = typed("application/json");

let world: ApiWorld;
let shop: Shop;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), timeAt(now));
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.at(now);
  shop = await world.shop();
  await shop.send("PUT", "/v1/meters/calls", { eventType: "call", aggregation: "count" });
  await shop.send("PUT", "/v1/meters/tokens", { eventType: "call", aggregation: "sum", value: "tokens" });
});

const event = (id: string, more: object = {}) => ({ id, type: "call", customer: "ann", time: timeAt(now), ...more });
const post = <T = IngestAnswer>(body: unknown, more: With = json, query = ""): Promise<Answer<T>> =>
  shop.send<T>("POST", `/v1/events${query}`, body, more);
const keyed = (key: string): With => ({ headers: { "content-type": "application/json", "idempotency-key": key } });

async function usage(meter: string, customer = ""): Promise<string | null | undefined> {
  const range = `from=2015-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`;
  const who = customer === "" ? "" : `&customer=${customer}`;
  const answer = await shop.send<Usage>("GET", `/v1/usage?meter=${meter}&${range}${who}`);
  return answer.json.rows[0]?.value;
}

async function conservation(): Promise<Conservation> {
  const range = `from=${timeAt(now - hourMs)}&to=${timeAt(now + 6 * hourMs)}`;
  return (await shop.send<Conservation>("GET", `/v1/reports/conservation?${range}`)).json;
}

describe("ways to send events", () => {
  const two = [event("a", { data: { tokens: 1 } }), event("b", { data: { tokens: "2.5" } })];
  const lines = `${two.map((one) => JSON.stringify(one)).join("\r\n")}\n\n`;
  const cloudEvent = (id: string, more: object = {}) => ({
    specversion: "1.0",
    ...{ id, type: "call", source: "/gateway", subject: "ann", time: timeAt(now), data: { tokens: 1.75 } },
    ...more,
  });

  test.for<{ why: string; body: unknown; more: With }>([
    { why: "a list", body: two, more: json },
    { why: "an object of events", body: { events: two }, more: json },
    { why: "NDJSON", body: lines, more: typed("application/x-ndjson") },
    {
      why: "gzip",
      body: gzipSync(JSON.stringify(two)),
      more: { headers: { ...json.headers, "content-encoding": "gzip" } },
    },
    {
      why: "zstd",
      body: zstdCompressSync(JSON.stringify(two)),
      more: { headers: { ...json.headers, "content-encoding": "zstd" } },
    },
    {
      why: "NDJSON in gzip",
      body: gzipSync(lines),
      more: { headers: { "content-type": "application/x-ndjson; charset=utf-8", "content-encoding": "gzip" } },
    },
    {
      why: "a batch of CloudEvents",
      body: [cloudEvent("a"), cloudEvent("b", { traceparent: "00-1", datacontenttype: "application/json" })],
      more: typed("application/cloudevents-batch+json"),
    },
  ])("$why", async ({ body, more }) => {
    const answer = await post(body, more);
    expect(answer).toMatchObject({ status: 202, json: { accepted: 2, rejectedCount: 0, receivedAt: timeAt(now) } });
    expect([await usage("calls"), await usage("tokens")]).toEqual(["2", "3.5"]);
  });

  test.for<{ why: string; body: unknown; more: With }>([
    { why: "one event", body: two[0], more: json },
    { why: "one CloudEvent", body: cloudEvent("a"), more: typed("application/cloudevents+json") },
  ])("$why", async ({ body, more }) => {
    expect(await post(body, more)).toMatchObject({ status: 202, json: { accepted: 1 } });
    expect(await usage("calls")).toBe("1");
  });

  test("a bad line of NDJSON leaves the others alone", async () => {
    const body = `${JSON.stringify(event("a"))}\n{"id":\n${JSON.stringify(event("b"))}`;
    expect(await post(body, typed("application/x-ndjson"))).toMatchObject({
      status: 202,
      json: { accepted: 2, rejected: [{ index: 1, code: "invalid_event" }] },
    });
    expect(await usage("calls")).toBe("2");
  });

  test.for([
    { why: "no source", bad: cloudEvent("x", { source: undefined }) },
    { why: "no subject", bad: cloudEvent("x", { subject: undefined }) },
    { why: "version 0.3", bad: cloudEvent("x", { specversion: "0.3" }) },
    { why: "bytes", bad: cloudEvent("x", { data: undefined, data_base64: "AA==" }) },
  ])("a CloudEvent with $why is refused alone", async ({ bad }) => {
    const answer = await post([cloudEvent("a"), bad], typed("application/cloudevents-batch+json"));
    expect(answer.json).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: "invalid_event" }] });
    expect(await usage("calls")).toBe("1");
  });

  test.for([
    { why: "a batch where one is meant", body: [cloudEvent("a")], type: "application/cloudevents+json" },
    { why: "one where a batch is meant", body: cloudEvent("a"), type: "application/cloudevents-batch+json" },
  ])("$why is refused", async ({ body, type }) => {
    expect(await post<Problem>(body, typed(type))).toMatchObject({ status: 400, json: { code: "invalid_json" } });
  });

  test("10,000 events at once", async () => {
    const body = Array.from({ length: 10_000 }, (_, n) => event(`e${n}`, { data: { tokens: "0.1" } }));
    expect(await post(body)).toMatchObject({ status: 202, json: { accepted: 10_000 } });
    expect([await usage("calls"), await usage("tokens")]).toEqual(["10000", "1000"]);
  });

  test("a backfill takes what is older than 35 days", async () => {
    const old = event("old", { time: "2015-05-17T10:05:03Z" });
    expect(await post([old, event("new")])).toMatchObject({
      json: { accepted: 1, rejected: [{ index: 0, code: "time_too_old" }] },
    });
    expect(await post([old], json, "?backfill=may-2015")).toMatchObject({ status: 202, json: { accepted: 1 } });
    expect(await usage("calls")).toBe("2");
    const ahead = await post([event("x", { time: timeAt(now + hourMs) })], json, "?backfill=may-2015");
    expect(ahead).toMatchObject({ status: 422, json: { rejected: [{ code: "time_in_future" }] } });
  });
});

describe("the same event", () => {
  test("resent is answered the same and counts once, at once and after the roll", async () => {
    const body = [event("a"), event("b", { customer: "bob" })];
    const first = await post(body);
    world.at(now + minuteMs);
    const again = await post(body);
    expect({ ...again.json, receivedAt: first.json.receivedAt }).toEqual(first.json);
    expect(await usage("calls")).toBe("2");
    world.at(now + 2 * hourMs);
    await world.roll();
    expect(await post(body)).toMatchObject({ status: 202, json: { accepted: 2 } });
    expect(await usage("calls")).toBe("2");
    expect(await conservation()).toMatchObject({ accepted: 2, duplicate: 0, gap: 0 });
  });

  test("in another batch is accepted, counts once, and is listed as a duplicate", async () => {
    await post([event("a"), event("b")]);
    expect(await post([event("b"), event("c")])).toMatchObject({ status: 202, json: { accepted: 2 } });
    expect(await usage("calls")).toBe("3");
    expect(await conservation()).toMatchObject({ accepted: 4, duplicate: 1, gap: 0 });
    world.at(now + 2 * hourMs);
    await world.roll();
    await post([event("a"), event("d")]);
    expect(await usage("calls")).toBe("4");
    await world.roll();
    expect(await usage("calls")).toBe("4");
    expect(await conservation()).toMatchObject({ accepted: 6, duplicate: 2, gap: 0 });
  });

  test("twice within a request is told as a copy", async () => {
    const answer = await post([event("a"), event("a"), event("b"), event("a")]);
    expect(answer).toMatchObject({ status: 202, json: { duplicates: 2, rejectedCount: 0 } });
    expect(await usage("calls")).toBe("2");
    expect(await conservation()).toMatchObject({ gap: 0 });
  });

  test("of two customers is two events", async () => {
    await post([event("a"), event("a", { customer: "bob" }), event("a", { source: "other" })]);
    expect([await usage("calls"), await usage("calls", "ann"), await usage("calls", "bob")]).toEqual(["3", "2", "1"]);
  });

  test("with other content is kept as a conflict, and the first counts", async () => {
    await post([event("a", { data: { tokens: 5 } })]);
    world.at(now + minuteMs);
    await post([event("a", { data: { tokens: 70 } })]);
    expect([await usage("calls"), await usage("tokens")]).toEqual(["1", "5"]);
    expect(await conservation()).toMatchObject({ accepted: 2, conflict: 1, gap: 0 });
    const both = await post([event("b", { data: { tokens: 1 } }), event("b", { data: { tokens: 1.5 } })]);
    expect(both).toMatchObject({ json: { accepted: 2, duplicates: 0 } });
    expect(await usage("calls")).toBe("2");
    expect(await conservation()).toMatchObject({ accepted: 4, conflict: 2, gap: 0 });
  });

  test("that tells letters apart is another", async () => {
    await post([event("AbC"), event("abc"), event("e\u0301"), event("\u00e9"), event("#"), event(".."), event("🙂")]);
    expect(await usage("calls")).toBe("7");
  });
});

describe("an idempotency key", () => {
  const untimed = [{ id: "a", type: "call", customer: "ann" }];

  test("gives a resend the time and the answer of the first receipt", async () => {
    const first = await post(untimed, keyed("k1"));
    expect(first.json.receivedAt).toBe(timeAt(now));
    world.at(now + 3 * hourMs);
    const again = await post(untimed, keyed("k1"));
    expect(again.json).toEqual(first.json);
    expect(await usage("calls")).toBe("1");
    expect(await conservation()).toMatchObject({ accepted: 1, duplicate: 0, gap: 0 });
  });

  test("with other content is a conflict, and stores nothing", async () => {
    await post(untimed, keyed("k2"));
    const other = await post<Problem>([{ id: "b", type: "call", customer: "ann" }], keyed("k2"));
    expect(other).toMatchObject({ status: 409, json: { code: "idempotency_conflict" } });
    expect(await usage("calls")).toBe("1");
  });

  test("of a refused request may be used again, mended", async () => {
    expect(await post<Problem>("[{", keyed("k3"))).toMatchObject({ status: 400 });
    expect(await post(untimed, keyed("k3"))).toMatchObject({ status: 202 });
  });

  test("of another merchant is another", async () => {
    await post(untimed, keyed("k4"));
    const other = await world.shop();
    const body = [{ id: "b", type: "call", customer: "ann" }];
    expect(await other.send<IngestAnswer>("POST", "/v1/events", body, keyed("k4"))).toMatchObject({ status: 202 });
  });
});

describe("a void", () => {
  const voided = (id: string, more: object = {}) =>
    shop.send<Problem>("POST", "/v1/events/void", { id, customer: "ann", reason: "a test", ...more });

  test.for([
    { why: "after its event", order: ["event", "void"] },
    { why: "before its event", order: ["void", "event"] },
    { why: "after the roll", order: ["event", "roll", "void"] },
    { why: "before, with a roll between", order: ["void", "roll", "event"] },
    { why: "between copies", order: ["event", "void", "event"] },
    { why: "twice", order: ["event", "void", "void"] },
  ])("$why takes it out of usage", async ({ order }) => {
    await post([event("stays")]);
    let clock = now;
    for (const what of order) {
      clock += what === "roll" ? 2 * hourMs : minuteMs;
      world.at(clock);
      if (what === "event") await post([event("goes")]);
      else if (what === "void") expect(await voided("goes")).toMatchObject({ status: 202, json: { id: "goes" } });
      else await world.roll();
    }
    expect(await usage("calls")).toBe("1");
    world.at(clock + 5 * hourMs);
    await world.roll();
    expect(await usage("calls")).toBe("1");
    expect((await conservation()).gap).toBe(0);
  });

  test("is of one customer and one source", async () => {
    await post([event("a"), event("a", { customer: "bob" }), event("a", { source: "s" })]);
    await voided("a", { source: "s" });
    expect([await usage("calls", "ann"), await usage("calls", "bob")]).toEqual(["1", "1"]);
  });

  test.for([
    { body: { customer: "ann", reason: "x" }, why: "no id" },
    { body: { id: "a", reason: "x" }, why: "no customer" },
    { body: { id: "a", customer: "a#b", reason: "x" }, why: "no customer's id" },
    { body: { id: "a", customer: "ann", time: "soon", reason: "x" }, why: "no time" },
    { body: { id: "\ud800", customer: "ann", reason: "x" }, why: "half a surrogate pair" },
    { body: { id: "a", customer: "ann", reason: "x", more: 1 }, why: "an unknown field" },
  ])("is refused: $why", async ({ body }) => {
    expect(await shop.send<Problem>("POST", "/v1/events/void", body)).toMatchObject({
      status: 422,
      json: { code: "invalid_request" },
    });
  });
});

describe("warnings", () => {
  test("tell what may not be charged as its sender expects, and everything is kept", async () => {
    world.at(now + minuteMs);
    await shop.send("PUT", "/v1/customers/ann", {});
    const body = [
      event("fine", { data: { tokens: "12" } }),
      event("missing", { data: {} }),
      event("text", { data: { tokens: "a lot" } }),
      event("other", { type: "unheard.of" }),
      event("stranger", { customer: "bob", data: { tokens: 1 } }),
    ];
    const { status, json: answer } = await post(body);
    expect([status, answer.accepted, answer.warningCount]).toEqual([202, 5, 4]);
    expect(answer.warnings.map(({ index, code }) => [index, code])).toEqual([
      [1, "value_missing"],
      [2, "value_not_numeric"],
      [3, "unmetered"],
      [4, "unknown_customer"],
    ]);
    expect([await usage("calls"), await usage("tokens")]).toEqual(["4", "13"]);
    expect(await conservation()).toMatchObject({ accepted: 5, open: 5, gap: 0 });
  });

  test("name a thousand and count all", async () => {
    const { json: answer } = await post(Array.from({ length: 1200 }, (_, n) => event(`e${n}`, { type: "odd" })));
    expect([answer.accepted, answer.warnings.length, answer.warningCount]).toEqual([1200, 1000, 2400]);
  });
});

test("usage shows an event as soon as it is answered, by minutes and by customers, before and after its roll", async () => {
  const expectShown = async (): Promise<void> => {
    const range = `from=${timeAt(now - hourMs)}&to=${timeAt(now + hourMs)}`;
    const byMinute = await shop.send<Usage>("GET", `/v1/usage?meter=calls&${range}&window=minute`);
    expect(byMinute.json.rows.filter(({ value }) => value !== "0").map(({ from, value }) => [from, value])).toEqual([
      [timeAt(now - 2 * minuteMs), "1"],
      [timeAt(now), "2"],
    ]);
    const byCustomer = await shop.send<Usage>("GET", `/v1/usage?meter=calls&${range}&groupBy=customer`);
    expect(byCustomer.json.rows.map(({ customer, value }) => [customer, value])).toEqual([
      ["ann", "2"],
      ["bob", "1"],
    ]);
  };
  await post([event("a"), event("b", { time: timeAt(now - 2 * minuteMs) }), event("c", { customer: "bob" })]);
  await expectShown();
  world.at(now + 2 * hourMs);
  await expectShown();
  await world.roll();
  await expectShown();
});
