import { gzipSync, zstdCompressSync } from "node:zlib";
import type { IngestAnswer, Usage } from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { type Answer, ApiWorld, type Problem, type Shop, type With } from "./api-world.ts";

const now = Date.parse("2026-07-10T12:00:00.000Z");
const dayMs = 86_400_000;
const timeAt = (ms: number) => new Date(ms).toISOString();
const json = { "content-type": "application/json" };
const ndjson = { "content-type": "application/x-ndjson" };

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
});

const event = (id: string, more: object = {}) => ({ id, type: "call", customer: "ann", time: timeAt(now), ...more });
const charge = (id: string, data: object) => ({ id, type: "charge", customer: "ann", time: timeAt(now), data });

const post = <T = IngestAnswer>(body: unknown, more: With = {}, query = ""): Promise<Answer<T>> =>
  shop.send<T>("POST", `/v1/events${query}`, body, { headers: json, ...more });

/** How many calls were stored, over all time that a test uses. */
async function stored(): Promise<string | null | undefined> {
  const range = `from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`;
  const { json: usage } = await shop.send<Usage>("GET", `/v1/usage?meter=calls&${range}`);
  return usage.rows[0]?.value ?? undefined;
}

describe("a body that is refused as a whole stores nothing", () => {
  const good = JSON.stringify([event("a")]);
  const zip = { headers: { ...json, "content-encoding": "gzip" } };
  const zstd = { headers: { ...json, "content-encoding": "zstd" } };
  const million = 1024 * 1024;

  test.for<{ why: string; body: unknown; more?: With; status: number; code: string; query?: string }>([
    { why: "no JSON", body: "[{", status: 400, code: "invalid_json" },
    { why: "nothing", body: "", status: 400, code: "invalid_json" },
    { why: "a number", body: "1", status: 400, code: "invalid_json" },
    { why: "no UTF-8", body: Buffer.from([0x5b, 0xff, 0x5d]), status: 400, code: "invalid_json" },
    { why: "more than events", body: { events: [event("a")], x: 1 }, status: 400, code: "invalid_json" },
    { why: "a key of the body twice", body: `{"events":[],"events":${good}}`, status: 400, code: "invalid_json" },
    { why: "levels without end", body: "[".repeat(100_000), status: 400, code: "too_deep" },
    { why: "no gzip", body: Buffer.from(good), more: zip, status: 400, code: "invalid_encoding" },
    {
      why: "gzip cut short",
      body: gzipSync(good).subarray(0, -9),
      more: zip,
      status: 400,
      code: "invalid_encoding",
    },
    {
      why: "bytes after gzip",
      body: Buffer.concat([gzipSync(good), Buffer.from("x")]),
      more: zip,
      status: 400,
      code: "invalid_encoding",
    },
    {
      why: "a second member",
      body: Buffer.concat([gzipSync(good), gzipSync(good)]),
      more: zip,
      status: 400,
      code: "invalid_encoding",
    },
    {
      why: "a second frame",
      body: Buffer.concat([zstdCompressSync(good), zstdCompressSync(good)]),
      more: zstd,
      status: 400,
      code: "invalid_encoding",
    },
    {
      why: "a bomb of gzip",
      body: gzipSync(Buffer.alloc(21 * million, " ")),
      more: zip,
      status: 413,
      code: "payload_too_large",
    },
    {
      why: "a bomb of zstd",
      body: zstdCompressSync(Buffer.alloc(200 * million, " ")),
      more: zstd,
      status: 413,
      code: "payload_too_large",
    },
    {
      why: "more than 4 MB on the wire",
      body: Buffer.alloc(4 * million + 1, " "),
      status: 413,
      code: "payload_too_large",
    },
    {
      why: "10,001 events",
      body: Array.from({ length: 10_001 }, (_, n) => event(`e${n}`)),
      status: 413,
      code: "too_many_events",
    },
    {
      why: "10,001 lines",
      body: `${JSON.stringify(event("a"))}\n`.repeat(10_001),
      more: { headers: ndjson },
      status: 413,
      code: "too_many_events",
    },
    {
      why: "brotli",
      body: good,
      more: { headers: { ...json, "content-encoding": "br" } },
      status: 415,
      code: "unsupported_encoding",
    },
    {
      why: "two encodings",
      body: gzipSync(good),
      more: { headers: { ...json, "content-encoding": "gzip, gzip" } },
      status: 415,
      code: "unsupported_encoding",
    },
    {
      why: "a wrong type",
      body: good,
      more: { headers: { "content-type": "text/plain" } },
      status: 415,
      code: "unsupported_media_type",
    },
    {
      why: "another charset",
      body: good,
      more: { headers: { "content-type": "application/json; charset=latin1" } },
      status: 415,
      code: "unsupported_media_type",
    },
    {
      why: "1,001 hours",
      body: Array.from({ length: 1001 }, (_, n) => event(`e${n}`, { time: timeAt(now - n * 3_600_000) })),
      query: "?backfill=old",
      status: 422,
      code: "too_scattered",
    },
    { why: "a name of a backfill that is none", body: good, query: "?backfill=", status: 422, code: "invalid_request" },
    { why: "an unknown parameter", body: good, query: "?dry=1", status: 422, code: "invalid_request" },
    { why: "no key", body: good, more: { key: undefined }, status: 401, code: "unauthorized" },
    {
      why: "a wrong key",
      body: good,
      more: { key: "frt_test_0000000000000000000000_000000" },
      status: 401,
      code: "unauthorized",
    },
    {
      why: "an idempotency key that is none",
      body: good,
      more: { headers: { ...json, "idempotency-key": "é" } },
      status: 422,
      code: "invalid_request",
    },
  ])("$code: $why", async ({ body, more = {}, status, code, query = "" }) => {
    const answer = await post<Problem>(body, { headers: json, ...more }, query);
    expect(answer.json).toMatchObject({ status, code, type: expect.any(String), title: expect.any(String) });
    expect(answer).toMatchObject({ status, headers: { "content-type": "application/problem+json" } });
    expect(await stored()).toBe("0");
  });

  test("the bombs are small", () => {
    expect(gzipSync(Buffer.alloc(21 * million, " ")).length).toBeLessThan(32_768);
    expect(zstdCompressSync(Buffer.alloc(200 * million, " ")).length).toBeLessThan(32_768);
  });
});

describe("an event that is refused leaves those beside it alone", () => {
  const nest = (levels: number): unknown => (levels === 0 ? 1 : { a: nest(levels - 1) });
  /** Data of exactly as many bytes as JSON. */
  const sized = (bytes: number) => ({ x: "y".repeat(bytes - '{"x":""}'.length) });
  const money = (amount: unknown, currency: unknown = "USD") => ({ amount, currency });
  const raw = (members: string) =>
    `{"id":"bad","type":"call","customer":"ann","time":${JSON.stringify(timeAt(now))},${members}}`;

  const refused: readonly { readonly why: string; readonly code: string; readonly bad: object | string | number }[] = [
    { why: "no object", code: "invalid_event", bad: 7 },
    { why: "no id", code: "invalid_event", bad: { ...event("bad"), id: undefined } },
    { why: "an empty id", code: "invalid_event", bad: event("") },
    { why: "an id of 513 bytes", code: "invalid_event", bad: event("é".repeat(256).concat("x")) },
    { why: "half a surrogate pair in an id", code: "invalid_event", bad: event("bad\ud800") },
    { why: "NUL in an id", code: "invalid_event", bad: event("bad\0") },
    { why: "an id that is a number", code: "invalid_event", bad: { ...event(""), id: 7 } },
    { why: "no type", code: "invalid_event", bad: { ...event("bad"), type: undefined } },
    { why: "no customer", code: "invalid_event", bad: { ...event("bad"), customer: undefined } },
    { why: "a customer with #", code: "invalid_event", bad: event("bad", { customer: "a#b" }) },
    { why: "a customer of 129 letters", code: "invalid_event", bad: event("bad", { customer: "c".repeat(129) }) },
    { why: "an empty source", code: "invalid_event", bad: event("bad", { source: "" }) },
    { why: "an unknown member", code: "invalid_event", bad: event("bad", { tenant: "x" }) },
    { why: "a time without a zone", code: "invalid_event", bad: event("bad", { time: "2026-07-10T12:00:00" }) },
    { why: "a time that is a number", code: "invalid_event", bad: event("bad", { time: now }) },
    { why: "30 February", code: "invalid_event", bad: event("bad", { time: "2026-02-30T12:00:00Z" }) },
    { why: "a millisecond too old", code: "time_too_old", bad: event("bad", { time: timeAt(now - 35 * dayMs - 1) }) },
    { why: "of the year 2015", code: "time_too_old", bad: event("bad", { time: "2015-05-17T10:05:03Z" }) },
    { why: "a millisecond ahead", code: "time_in_future", bad: event("bad", { time: timeAt(now + 300_001) }) },
    { why: "of the year 9999", code: "time_in_future", bad: event("bad", { time: "9999-01-01T00:00:00Z" }) },
    { why: "data that is a list", code: "invalid_event", bad: event("bad", { data: [] }) },
    { why: "data that is null", code: "invalid_event", bad: event("bad", { data: null }) },
    { why: "data of 8,193 bytes", code: "data_too_large", bad: event("bad", { data: sized(8193) }) },
    {
      why: "data of 20 KB in letters of two bytes",
      code: "data_too_large",
      bad: event("bad", { data: { x: "é".repeat(10_000) } }),
    },
    { why: "data of 33 levels", code: "invalid_event", bad: event("bad", { data: nest(33) }) },
    { why: "data of 100 levels", code: "invalid_event", bad: event("bad", { data: nest(100) }) },
    { why: "__proto__ in data", code: "invalid_event", bad: raw('"data":{"__proto__":{"bytes":1}}') },
    { why: "__proto__ deep in data", code: "invalid_event", bad: raw('"data":{"a":[{"__proto__":1}]}') },
    { why: "an escaped __proto__", code: "invalid_event", bad: raw('"data":{"\\u005f_proto__":1}') },
    { why: "__proto__ beside data", code: "invalid_event", bad: raw('"__proto__":{"admin":true}') },
    { why: "constructor in data", code: "invalid_event", bad: event("bad", { data: { constructor: 1 } }) },
    { why: "half a surrogate pair in data", code: "invalid_event", bad: event("bad", { data: { a: "\udc00" } }) },
    { why: "half a surrogate pair in a key", code: "invalid_event", bad: event("bad", { data: { "\ud800": 1 } }) },
    { why: "a key twice", code: "invalid_event", bad: raw('"data":{"a":1,"a":2}') },
    { why: "a key twice outside of data", code: "invalid_event", bad: raw('"id":"bad"') },
    { why: "a number past all decimals", code: "invalid_event", bad: raw('"data":{"n":1e400}') },
    { why: "a number of 31 digits", code: "invalid_event", bad: raw(`"data":{"n":${"1".repeat(31)}}`) },
    { why: "NaN as an amount", code: "invalid_amount", bad: charge("bad", money("NaN")) },
    { why: "Infinity as an amount", code: "invalid_amount", bad: charge("bad", money("Infinity")) },
    { why: "1e400 as an amount", code: "invalid_amount", bad: charge("bad", money("1e400")) },
    { why: "hexadecimal as an amount", code: "invalid_amount", bad: charge("bad", money("0x10")) },
    { why: "31 digits as an amount", code: "invalid_amount", bad: charge("bad", money("1".repeat(31))) },
    { why: "a negative amount", code: "invalid_amount", bad: charge("bad", money("-0.01")) },
    { why: "13 decimals as an amount", code: "invalid_amount", bad: charge("bad", money("0.0000000000001")) },
    { why: "an empty amount", code: "invalid_amount", bad: charge("bad", money("")) },
    { why: "an amount with a comma", code: "invalid_amount", bad: charge("bad", money("1,5")) },
    { why: "no amount", code: "invalid_amount", bad: charge("bad", { currency: "USD" }) },
    { why: "no currency", code: "invalid_amount", bad: charge("bad", { amount: "1" }) },
    { why: "no currency of ISO 4217", code: "invalid_amount", bad: charge("bad", money("1", "XXX")) },
    { why: "a currency in small letters", code: "invalid_amount", bad: charge("bad", money("1", "usd")) },
    {
      why: "1e400 as an amount that is a number",
      code: "invalid_amount",
      bad: raw('"x":1').replace('"x":1', '"data":{"amount":1e400,"currency":"USD"}').replace('"call"', '"charge"'),
    },
  ];

  const text = (value: object | string | number): string => (typeof value === "string" ? value : JSON.stringify(value));

  test.for(refused)("$code: $why", async ({ bad, code }) => {
    const answer = await post(`[${text(event("first"))},${text(bad)},${text(event("last"))}]`);
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ accepted: 2, duplicates: 0, rejectedCount: 1, rejected: [{ index: 1, code }] });
    expect(await stored()).toBe("2");
  });

  test("all of them at once are told one by one, and what is between them is kept", async () => {
    const body = refused.flatMap(({ bad }, n) => [text(event(`good-${n}`)), text(bad)]);
    const { status, json: answer } = await post(`{"events":[${body.join(",")}]}`);
    expect(status).toBe(202);
    expect(answer.accepted).toBe(refused.length);
    expect(answer.rejected.map(({ index, code }) => [index, code])).toEqual(
      refused.map(({ code }, n) => [2 * n + 1, code]),
    );
    expect(await stored()).toBe(String(refused.length));
  });

  test("where none is accepted, the same body comes with 422", async () => {
    const { status, json: answer } = await post([event(""), event("bad", { time: "yesterday" })]);
    expect(status).toBe(422);
    expect(answer).toMatchObject({ accepted: 0, rejectedCount: 2 });
  });

  test("a thousand are named, with 128 characters of their ids, and all are counted", async () => {
    const bad = Array.from({ length: 1500 }, (_, n) => event(`${n}-${"x".repeat(600)}`));
    const { status, json: answer } = await post(bad);
    expect([status, answer.accepted, answer.rejectedCount, answer.rejected.length]).toEqual([422, 0, 1500, 1000]);
    expect(answer.rejected[999]?.id).toBe(`999-${"x".repeat(124)}`);
  });

  test.for([
    { why: "35 days old", ok: event("ok", { time: timeAt(now - 35 * dayMs) }) },
    { why: "5 minutes ahead", ok: event("ok", { time: timeAt(now + 300_000) }) },
    { why: "8,192 bytes of data", ok: event("ok", { data: sized(8192) }) },
    { why: "32 levels of data", ok: event("ok", { data: nest(32) }) },
    { why: "an id of 512 bytes", ok: event("é".repeat(256)) },
    { why: "a number of 30 digits", ok: raw(`"data":{"n":${"9".repeat(30)}}`) },
  ])("accepted: $why", async ({ ok }) => {
    expect(await post(`[${text(ok)}]`)).toMatchObject({ status: 202, json: { accepted: 1, rejectedCount: 0 } });
    expect(await stored()).toBe("1");
  });

  test.for([
    { amount: "0", why: "nothing" },
    { amount: "0.000000000001", why: "the smallest unit" },
    { amount: "999999999999999999.999999999999", why: "30 digits" },
    { amount: "4e-4", why: "an exponent" },
    { amount: 0.0004, why: "a number" },
  ])("accepted: $why as an amount", async ({ amount }) => {
    expect(await post([charge("ok", money(amount))])).toMatchObject({ status: 202, json: { accepted: 1 } });
  });
});
