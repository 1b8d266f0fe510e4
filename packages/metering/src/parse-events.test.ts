import { decimal } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { decodeBundle, encodeBundle } from "./codec/index.ts";
import type { BodyKind } from "./event-body.ts";
import { ExactNumber } from "./exact-number.ts";
import { aheadMs, type ParsedEvents, parseEvents, pastMs } from "./parse-events.ts";

// Properties take as long as their examples do; a busy machine is no failure.
vi.setConfig({ testTimeout: 60_000 });

const now = Date.UTC(2026, 9, 20, 12);
const receivedAt = now - 3;
const iso = (time: number) => new Date(time).toISOString();

function parse(body: unknown, { kind = "json", backfill = false }: { kind?: BodyKind; backfill?: boolean } = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return parseEvents(text, { kind, receivedAt, now, backfill });
}

function parsed(body: unknown, options: { kind?: BodyKind; backfill?: boolean } = {}): ParsedEvents {
  const result = parse(body, options);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

const good = { id: "a", type: "api_calls", customer: "cus_1" };

/** The text of an event whose data is the given text. */
const withData = (data: string) => `{"id":"a","type":"t","customer":"c","data":${data}}`;

const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;

describe("bodies", () => {
  const event = (id: string) => ({ ...good, id });
  const cloud = { specversion: "1.0", id: "a", type: "t", source: "/s", subject: "c", data: { v: 1 } };

  test.for([
    { title: "a list", body: [event("a"), event("b")], ids: ["a", "b"] },
    { title: "an empty list", body: [], ids: [] },
    { title: "an object with events", body: { events: [event("a"), event("b")] }, ids: ["a", "b"] },
    { title: "an object without any", body: { events: [] }, ids: [] },
    { title: "one event", body: event("a"), ids: ["a"] },
    { title: "one event with blanks", body: `\n ${JSON.stringify(event("a"), null, 2)} \n`, ids: ["a"] },
    { title: "a list with blanks", body: JSON.stringify([event("a"), event("b")], null, 2), ids: ["a", "b"] },
    {
      title: "lines",
      kind: "ndjson",
      body: `${JSON.stringify(event("a"))}\r\n\n${JSON.stringify(event("b"))}`,
      ids: ["a", "b"],
    },
    { title: "no lines", kind: "ndjson", body: " \n", ids: [] },
    { title: "a CloudEvent", kind: "cloudevents", body: cloud, ids: ["a"] },
    { title: "CloudEvents", kind: "cloudevents-batch", body: [cloud, { ...cloud, id: "b" }], ids: ["a", "b"] },
  ] as const)("$title", ({ body, ids, ...options }) => {
    const { events, indexes, rejectedCount } = parsed(body, options);
    expect(events.map(({ id }) => id)).toEqual(ids);
    expect(indexes).toEqual(ids.map((_, index) => index));
    expect(rejectedCount).toBe(0);
  });

  test.for([
    { title: "no JSON", body: "{" },
    { title: "nothing", body: "" },
    { title: "a number", body: "1" },
    { title: "null", body: "null" },
    { title: "something beside the events", body: { events: [good], more: 1 } },
    { title: "events twice", body: `{"events":[],"events":[${JSON.stringify(good)}]}` },
    { title: "a list of CloudEvents as one", kind: "cloudevents", body: [] },
    { title: "one CloudEvent as a list", kind: "cloudevents-batch", body: {} },
  ] as const)("invalid_json: $title", ({ body, ...options }) => {
    expect(parse(body, options)).toMatchObject({ ok: false, error: { code: "invalid_json" } });
  });

  test("a bad line is refused alone", () => {
    const { events, rejected, indexes } = parsed(`{"id":\n${JSON.stringify(good)}\n[]\n1`, { kind: "ndjson" });
    expect(events).toHaveLength(1);
    expect(indexes).toEqual([1]);
    expect(rejected.map(({ index, code }) => ({ index, code }))).toEqual([
      { index: 0, code: "invalid_event" },
      { index: 2, code: "invalid_event" },
      { index: 3, code: "invalid_event" },
    ]);
  });

  const levels = (count: number) => `${"[".repeat(count)}${"]".repeat(count)}`;

  test.for([
    { why: "1,001 levels", body: levels(1001), is: "too_deep" },
    { why: "1,001 levels that are not closed", body: "[".repeat(1001), is: "too_deep" },
    { why: "a million levels and more", body: levels(1_100_000), is: "too_deep" },
    { why: "1,001 levels in a line", kind: "ndjson", body: `${JSON.stringify(good)}\n${levels(1001)}`, is: "too_deep" },
    { why: "1,000 levels", body: levels(1000), is: "ok" },
    { why: "1,000 levels in a line", kind: "ndjson", body: levels(1000), is: "ok" },
    { why: "lines that are not closed", kind: "ndjson", body: "[[[[[[[[[[\n".repeat(200), is: "ok" },
  ] as const)("$why: $is", ({ body, is, ...options }) => {
    const result = parse(body, options);
    expect(result.ok ? "ok" : result.error.code).toBe(is);
  });

  test("10,000 events are taken, 10,001 are not", () => {
    const many = Array.from({ length: 10_001 }, (_, i) => event(`e${i}`));
    const lines = many.map((one) => JSON.stringify(one));
    const error = { ok: false, error: { code: "too_many_events", limit: 10_000 } };
    expect(parsed(many.slice(1)).events).toHaveLength(10_000);
    expect(parsed(lines.slice(1).join("\n"), { kind: "ndjson" }).events).toHaveLength(10_000);
    expect(parse(many)).toEqual(error);
    expect(parse({ events: many })).toEqual(error);
    expect(parse(lines.join("\n"), { kind: "ndjson" })).toEqual(error);
  });

  test("at most 1,000 refused events are named, ids cut to 128 characters and whole", () => {
    const bad = Array.from({ length: 1001 }, () => ({ id: `${"x".repeat(127)}😀` }));
    const { rejected, rejectedCount } = parsed(bad);
    expect(rejectedCount).toBe(1001);
    expect(rejected).toHaveLength(1000);
    expect(rejected[999]).toMatchObject({ index: 999, id: `${"x".repeat(127)}\ufffd`, code: "invalid_event" });
  });
});

describe("an event", () => {
  test("keeps what it says", () => {
    const { events } = parsed({ ...good, source: "s", time: "2026-10-20T14:00:00.5+02:00", data: { v: 0.5 } });
    expect(events).toEqual([
      { kind: "event", ...good, source: "s", time: now + 500, serverTime: false, data: { v: 0.5 } },
    ]);
  });

  test("without time and data has the moment of receipt and none", () => {
    const { events } = parsed(good);
    expect(events).toEqual([
      { kind: "event", ...good, source: undefined, time: receivedAt, serverTime: true, data: {} },
    ]);
  });

  test.for([
    { title: "512 bytes of id", event: { ...good, id: "é".repeat(256) } },
    { title: "128 bytes of type", event: { ...good, type: "é".repeat(64) } },
    { title: "128 letters of customer", event: { ...good, customer: "Ab_.:@-9".repeat(16) } },
    { title: "256 bytes of source", event: { ...good, source: "é".repeat(128) } },
    { title: "an id of any letters", event: { ...good, id: "#../😀\u202e" } },
    { title: "the oldest time", event: { ...good, time: iso(now - pastMs) } },
    { title: "the newest time", event: { ...good, time: iso(now + aheadMs) } },
    { title: "32 levels of data", event: JSON.parse(withData(nested(32))) },
    { title: "8,192 bytes of data", event: { ...good, data: { t: "é".repeat(4092) } } },
    { title: "escapes", event: withData('{"a":"\\u0000\\ud83d\\ude00\\n"}') },
    {
      title: "a price of 10^-12",
      event: { ...good, type: "charge", data: { amount: "0.000000000001", currency: "USD" } },
    },
    { title: "a charge of nothing", event: { ...good, type: "charge", data: { amount: 0, currency: "JPY" } } },
  ])("may have $title", ({ event }) => {
    expect(parsed(event).rejected).toEqual([]);
  });

  const event = (more: object) => JSON.stringify({ ...good, ...more });
  const charge = (amount: unknown, currency: unknown = "USD") => event({ type: "charge", data: { amount, currency } });
  test.for([
    { title: "a list", body: "[[]]", code: "invalid_event" },
    { title: "null", body: "[null]", code: "invalid_event" },
    { title: "no id", body: event({ id: undefined }), code: "invalid_event" },
    { title: "an empty id", body: event({ id: "" }), code: "invalid_event" },
    { title: "a number as id", body: event({ id: 1 }), code: "invalid_event" },
    { title: "513 bytes of id", body: event({ id: `${"é".repeat(256)}x` }), code: "invalid_event" },
    { title: "NUL in the id", body: event({ id: "a\0" }), code: "invalid_event" },
    { title: "half a surrogate pair in the id", body: event({ id: "\ud83d" }), code: "invalid_event" },
    { title: "no type", body: event({ type: undefined }), code: "invalid_event" },
    { title: "an empty type", body: event({ type: "" }), code: "invalid_event" },
    { title: "129 bytes of type", body: event({ type: `${"é".repeat(64)}x` }), code: "invalid_event" },
    { title: "half a surrogate pair in the type", body: event({ type: "\udc00" }), code: "invalid_event" },
    { title: "no customer", body: event({ customer: undefined }), code: "invalid_event" },
    { title: "129 letters of customer", body: event({ customer: "x".repeat(129) }), code: "invalid_event" },
    { title: "a customer with #", body: event({ customer: "a#b" }), code: "invalid_event" },
    { title: "an empty source", body: event({ source: "" }), code: "invalid_event" },
    { title: "257 bytes of source", body: event({ source: "x".repeat(257) }), code: "invalid_event" },
    { title: "null as source", body: event({ source: null }), code: "invalid_event" },
    { title: "a time that is none", body: event({ time: "yesterday" }), code: "invalid_event" },
    { title: "a number as time", body: event({ time: now }), code: "invalid_event" },
    { title: "a time too old", body: event({ time: iso(now - pastMs - 1) }), code: "time_too_old" },
    { title: "a time too new", body: event({ time: iso(now + aheadMs + 1) }), code: "time_in_future" },
    { title: "a list as data", body: event({ data: [] }), code: "invalid_event" },
    { title: "a text as data", body: event({ data: "x" }), code: "invalid_event" },
    { title: "33 levels of data", body: withData(nested(33)), code: "invalid_event" },
    { title: "100 levels of data", body: withData(nested(100)), code: "invalid_event" },
    {
      title: "999 levels of lists",
      body: withData(`{"a":${"[".repeat(997)}${"]".repeat(997)}}`),
      code: "invalid_event",
    },
    {
      title: "1,000 levels and a long number",
      body: withData(`{"n":1e2,"a":${"[".repeat(998)}${"]".repeat(998)}}`),
      code: "invalid_event",
    },
    { title: "8,193 bytes of data", body: event({ data: { t: `${"é".repeat(4092)}x` } }), code: "data_too_large" },
    { title: "__proto__", body: withData('{"__proto__":{"x":1}}'), code: "invalid_event" },
    { title: "constructor, deep down", body: withData('{"a":[{"constructor":1}]}'), code: "invalid_event" },
    { title: "prototype, in escapes", body: withData('{"\\u0070rototype":1}'), code: "invalid_event" },
    {
      title: "__proto__ beside its members",
      body: '{"id":"a","type":"t","customer":"c","__proto__":{}}',
      code: "invalid_event",
    },
    { title: "half a surrogate pair in data", body: withData('{"a":["\\ud800"]}'), code: "invalid_event" },
    { title: "half a surrogate pair in a key", body: withData('{"\\udfff":1}'), code: "invalid_event" },
    { title: "an unknown member", body: event({ meter: "x" }), code: "invalid_event" },
    { title: "a key twice", body: '{"id":"a","id":"a","type":"t","customer":"c"}', code: "invalid_event" },
    { title: "a key twice in data", body: withData('{"a":{"b":1,"\\u0062":1}}'), code: "invalid_event" },
    {
      title: "a number of 31 digits",
      body: withData('{"a":[0,1234567890123456789012345678901]}'),
      code: "invalid_event",
    },
    { title: "a number past all doubles", body: withData('{"a":1e400}'), code: "invalid_event" },
    { title: "a number of 30 decimals", body: withData('{"a":1e-30}'), code: "invalid_event" },
    {
      title: "a charge without amount",
      body: event({ type: "charge", data: { currency: "USD" } }),
      code: "invalid_amount",
    },
    { title: "a charge without data", body: event({ type: "charge" }), code: "invalid_amount" },
    { title: "a negative amount", body: charge("-0.01"), code: "invalid_amount" },
    { title: "13 decimals of amount", body: charge("0.0000000000001"), code: "invalid_amount" },
    { title: "31 digits of amount", body: charge("1".repeat(31)), code: "invalid_amount" },
    { title: "an amount past all doubles", body: charge("1e400"), code: "invalid_amount" },
    { title: "NaN as amount", body: charge("NaN"), code: "invalid_amount" },
    { title: "a hexadecimal amount", body: charge("0x10"), code: "invalid_amount" },
    { title: "null as amount", body: charge(null), code: "invalid_amount" },
    { title: "an unknown currency", body: charge("1", "usd"), code: "invalid_amount" },
    { title: "no currency", body: charge("1", null), code: "invalid_amount" },
  ])("is refused for $title", ({ body, code }) => {
    const { events, rejected, rejectedCount } = parsed(body);
    expect(events).toEqual([]);
    expect(rejectedCount).toBe(1);
    expect(rejected[0]).toMatchObject({ index: 0, code });
  });

  test("stands alone: what is good beside bad ones is kept", () => {
    const { events, indexes, rejected } = parsed(
      `[${event({ id: "a" })},${withData(nested(100))},${withData('{"n":1e400}')},${event({ id: "b" })},{},${withData('{"a":1,"a":2}')}]`,
    );
    expect(events.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(indexes).toEqual([0, 3]);
    expect(rejected.map(({ index }) => index)).toEqual([1, 2, 4, 5]);
  });

  test("is refused with the path to what is wrong", () => {
    const { rejected } = parsed(
      `[${withData('{"usage":{"bytes":[0,1e400]}}')},${withData('{"a":{"constructor":1}}')}]`,
    );
    expect(rejected.map(({ message }) => message)).toEqual([
      "data.usage.bytes.1 is no exact number of at most 30 digits",
      "data.a.constructor is a key that objects must not have",
    ]);
  });

  test("of any age is taken in a backfill, but not from before 1970 or from the future", () => {
    const at = (time: string) => parsed({ ...good, time }, { backfill: true });
    expect(at("2015-05-17T10:05:03Z").events).toHaveLength(1);
    expect(at("1970-01-01T00:00:00Z").events).toHaveLength(1);
    expect(at("1969-12-31T23:59:59.999Z").rejected[0]?.code).toBe("time_too_old");
    expect(at(iso(now + aheadMs + 1)).rejected[0]?.code).toBe("time_in_future");
  });

  test("is refused for the first reason in order: id, type, customer, source, time, data, members, window, amount", () => {
    const worst = {
      id: "",
      type: "",
      customer: "#",
      source: "",
      time: "x",
      data: [],
      more: 1,
    };
    const steps = [
      { message: /^id / },
      { fix: { id: "a" }, message: /^type / },
      { fix: { type: "charge" }, message: /^customer / },
      { fix: { customer: "c" }, message: /^source / },
      { fix: { source: "s" }, message: /^time / },
      { fix: { time: "2020-01-01T00:00:00Z" }, message: /^data / },
      { fix: { data: {} }, message: /members/ },
      { fix: { more: undefined }, message: /too far back/ },
      { fix: { time: undefined }, message: /amount/ },
    ];
    let event: object = worst;
    for (const { fix = {}, message } of steps) {
      event = { ...event, ...fix };
      expect(parsed(event).rejected[0]?.message).toMatch(message);
    }
  });
});

describe("numbers", () => {
  const dataOf = (data: string) => parsed(withData(data)).events[0]?.data;
  test.for([
    { text: "12", value: 12 },
    { text: "-0", value: 0 },
    { text: "1.0", value: 1 },
    { text: "1e0", value: 1 },
    { text: "1.000000000000000000000", value: 1 },
    { text: "100000000000000000000", value: 100_000_000_000_000_000_000 },
    { text: "1E+3", value: 1000 },
    { text: "0.1", value: 0.1 },
    { text: "123456789012345", value: 123_456_789_012_345 },
    { text: "1234567890123456", value: new ExactNumber(decimal("1234567890123456")) },
    { text: "9007199254740993", value: new ExactNumber(decimal("9007199254740993")) },
    { text: "0.1234567890123456789", value: new ExactNumber(decimal("0.1234567890123456789")) },
    { text: "123456789012345678901234567890", value: new ExactNumber(decimal("123456789012345678901234567890")) },
  ])("$text", ({ text, value }) => {
    expect(dataOf(`{"v":${text}}`)).toEqual({ v: value });
    expect(dataOf(`{"w":1e2,"v":${text}}`)).toEqual({ w: 100, v: value });
  });

  test("are kept digit by digit through a bundle, whatever their text", () => {
    const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,14})?$/);
    fc.assert(
      fc.property(fc.array(digits, { minLength: 1, maxLength: 8 }), fc.boolean(), (texts, long) => {
        const body = withData(`{"long":${long ? "1e1" : "1"},"v":[${texts.join()}]}`);
        const decoded = decodeBundle(encodeBundle(parsed(body).events).blob);
        if (!decoded.ok) throw new Error(decoded.error.code);
        const said = Buffer.from(decoded.value.canonicalEvent(0)).toString();
        expect(said).toContain(`"v":[${texts.map(plain).join()}]`);
      }),
      { numRuns: 200, seed: 9 },
    );
  });
});

/** The shortest text of a plain decimal. */
function plain(text: string): string {
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" || short === "" ? "0" : short;
}

describe("copies within a request", () => {
  const copy = { ...good, time: iso(now), data: { v: 1, w: "x" } };
  test.for([
    { title: "an equal event is left out", other: copy, duplicates: 1 },
    { title: "another form of a number is equal", other: `{"v":1.0,"w":"x"}`, duplicates: 1 },
    { title: "another id", other: { ...copy, id: "b" }, duplicates: 0 },
    { title: "another customer", other: { ...copy, customer: "cus_2" }, duplicates: 0 },
    { title: "another source", other: { ...copy, source: "s" }, duplicates: 0 },
    { title: "other data", other: { ...copy, data: { v: 2, w: "x" } }, duplicates: 0 },
    { title: "another type", other: { ...copy, type: "tokens" }, duplicates: 0 },
    { title: "another time", other: { ...copy, time: iso(now - 1) }, duplicates: 0 },
  ])("$title", ({ other, duplicates }) => {
    const text =
      typeof other === "string"
        ? JSON.stringify({ ...copy, data: 0 }).replace('"data":0', `"data":${other}`)
        : JSON.stringify(other);
    const result = parsed(`[${JSON.stringify(copy)},${text},${JSON.stringify(copy)}]`);
    expect(result.duplicates).toBe(duplicates + 1);
    expect(result.events).toHaveLength(2 - duplicates);
    expect(result.indexes).toEqual(duplicates === 1 ? [0] : [0, 1]);
  });

  test("of 10,000 contents under one id are found quickly", () => {
    const events = Array.from({ length: 5000 }, (_, v) => ({ ...good, data: { v } }));
    const start = performance.now();
    expect(parsed([...events, ...events]).duplicates).toBe(5000);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe("CloudEvents", () => {
  const cloud = { specversion: "1.0", id: "a", type: "t", source: "/s", subject: "c", time: iso(now), data: { v: 1 } };
  const read = (event: object) => parsed(event, { kind: "cloudevents" });

  test("become events; what else they say is passed over", () => {
    const more = { datacontenttype: "application/json", dataschema: "x", traceparent: "y", nested: { a: [{ b: 1 }] } };
    for (const event of [cloud, { ...cloud, ...more }]) {
      expect(read(event).events).toEqual([
        {
          kind: "event",
          id: "a",
          type: "t",
          source: "/s",
          customer: "c",
          time: now,
          serverTime: false,
          data: { v: 1 },
        },
      ]);
    }
  });

  test.for([
    { title: "without version", event: { ...cloud, specversion: undefined } },
    { title: "of another version", event: { ...cloud, specversion: "0.3" } },
    { title: "without source", event: { ...cloud, source: undefined } },
    { title: "without subject", event: { ...cloud, subject: undefined } },
    { title: "with bytes as data", event: { ...cloud, data: undefined, data_base64: "AA==" } },
    { title: "with text as data", event: { ...cloud, data: "x" } },
  ])("are refused $title", ({ event }) => {
    expect(read(event).rejected).toMatchObject([{ index: 0, id: "a", code: "invalid_event" }]);
  });

  test("are refused where a key occurs twice", () => {
    const text = JSON.stringify(cloud).replace('"id":"a"', '"id":"a","subject":"b"');
    expect(parsed(text, { kind: "cloudevents" }).rejectedCount).toBe(1);
  });
});
