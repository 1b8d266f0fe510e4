import { customerId, decimal } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventData, Fact } from "../event.ts";
import { ExactNumber } from "../exact-number.ts";
import { benchFacts, facts } from "./arbitrary-facts.ts";
import type { Bundle } from "./bundle.ts";
import { decodeBundle } from "./decode-bundle.ts";
import { encodeBundle, packBundles } from "./encode-bundle.ts";

const event = (id: string, data: EventData = {}, more: Partial<Fact> = {}): Fact =>
  ({
    kind: "event",
    id,
    customer: customerId("cus_1"),
    type: "api_calls",
    source: undefined,
    time: 1_790_812_800_123,
    serverTime: false,
    data,
    ...more,
  }) as Fact;

function bundleOf(...rows: readonly Fact[]): Bundle {
  const decoded = decodeBundle(encodeBundle(rows).blob);
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}

const rowsOf = (bundle: Bundle): Fact[] => Array.from({ length: bundle.count }, (_, row) => bundle.fact(row));

describe("encodeBundle and decodeBundle", () => {
  test("any facts come back as they were, in their order", () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 40 }), (rows) => {
        const bundle = bundleOf(...rows);
        expect(rowsOf(bundle)).toEqual(rows);
        expect(bundle.events).toBe(rows.filter(({ kind }) => kind === "event").length);
        expect(bundle.voids).toBe(rows.length - bundle.events);
      }),
      { numRuns: 150, seed: 20_261_122 },
    );
  });

  test("the same facts have the same digest, in another order another one", () => {
    const rows = benchFacts({ count: 50, customers: 3 });
    expect(encodeBundle(rows).digest).toBe(encodeBundle(structuredClone(rows)).digest);
    expect(encodeBundle(rows.toReversed()).digest).not.toBe(encodeBundle(rows).digest);
  });

  test("the order of keys and the form of numbers make no difference", () => {
    const one = encodeBundle([event("a", { x: 1.5, y: 0, z: { b: 2, a: 1 } })]);
    const other = encodeBundle([event("a", { z: { a: 1, b: 2 }, y: -0, x: 1.5 })]);
    expect(other.digest).toBe(one.digest);
  });

  test.for([
    { title: "no facts at all", rows: [] },
    { title: "empty data", rows: [event("a", {})] },
    { title: "data of 8 KB", rows: [event("a", { text: "x".repeat(8181) })] },
    { title: "30 digits", rows: [event("a", { n: new ExactNumber(decimal("123456789012345678901234567890")) })] },
    { title: "nesting", rows: [event("a", { a: [[], {}, [{ b: [1, "x", null, true] }]] })] },
    {
      title: "the same key under one another",
      rows: [event("a", { a: { a: { a: 1 } } }), event("b", { a: { a: 1 } })],
    },
    { title: "kinds that change", rows: [event("a", { v: 1 }), event("b", { v: "1" }), event("c", { v: null })] },
    { title: "numbers too far apart for doubles", rows: [event("a", { v: -9e14 }), event("b", { v: 0.000001 })] },
    { title: "a server's time", rows: [event("a", {}, { serverTime: true })] },
    { title: "a void", rows: [event("a", {}, { kind: "void", reason: "wrong" }), event("b")] },
  ])("$title", ({ rows }) => {
    const bundle = bundleOf(...rows.map(asFact));
    expect(rowsOf(bundle)).toEqual(rows.map(asFact));
  });
});

function asFact(fact: Fact): Fact {
  if (fact.kind === "event") return fact;
  const { kind, id, customer, source, time, serverTime, reason } = fact;
  return { kind, id, customer, source, time, serverTime, reason };
}

describe("packBundles", () => {
  const maxBytes = 128 * 1024;

  test("splits where a blob would pass the limit, in order, and only there", () => {
    const rows = benchFacts({ count: 10_000, customers: 500 });
    const bundles = packBundles(rows, { maxBytes });
    expect(bundles.length).toBe(2);
    for (const { blob } of bundles) expect(blob.length).toBeLessThanOrEqual(maxBytes);
    const back = bundles.flatMap(({ blob }) => {
      const bundle = decodeBundle(blob);
      return bundle.ok ? rowsOf(bundle.value) : [];
    });
    expect(back).toEqual(rows);
    expect(packBundles(rows.slice(0, 5000), { maxBytes })).toHaveLength(1);
  });

  test("splits texts that do not compress, and leaves those that do together", () => {
    const noise = (i: number) =>
      benchFacts({ count: 200, customers: 9, from: i * 200 })
        .map(({ id }) => id)
        .join("");
    const random = Array.from({ length: 100 }, (_, i) => event(`a${i}`, { noise: noise(i) }));
    const alike = Array.from({ length: 100 }, (_, i) => event(`a${i}`, { noise: noise(0) }));
    const bundles = packBundles(random, { maxBytes });
    expect(bundles.length).toBeGreaterThan(2);
    for (const { blob } of bundles) expect(blob.length).toBeLessThanOrEqual(maxBytes);
    expect(bundles.reduce((sum, { events }) => sum + events, 0)).toBe(100);
    expect(packBundles(alike, { maxBytes })).toHaveLength(1);
  });

  test("splits before a reader's limits: leaves, shapes, keys, texts", () => {
    const wide = Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`k${i}`, 1]));
    const shapes = Array.from({ length: 100 }, (_, i) => event(`a${i}`, { ...wide, [`own${i}`]: 1 }));
    const leaves = Array.from({ length: 1000 }, (_, i) => event(`a${i}`, wide));
    const keys = Array.from({ length: 1100 }, (_, i) => event(`a${i}`, { [`${i}${"k".repeat(8000)}`]: 1 }));
    const texts = Array.from({ length: 1100 }, (_, i) => event(`a${i}`, { t: `${i}${"字".repeat(2700)}` }));
    for (const rows of [shapes, leaves, keys, texts]) {
      const bundles = packBundles(rows, { maxBytes });
      expect(bundles.length).toBeGreaterThan(1);
      expect(bundles.reduce((sum, { events }) => sum + events, 0)).toBe(rows.length);
      expect(bundles.every(({ blob }) => decodeBundle(blob).ok)).toBe(true);
    }
  });
});

describe("sizes of the bench's workload", () => {
  test.for([
    { customers: 1, most: 24 },
    { customers: 50, most: 28 },
    { customers: 500, most: 32 },
  ])("$customers customers: at most $most KB per 1,000 events in batches of 500", ({ customers, most }) => {
    const batches = [0, 1, 2, 3].map((i) => encodeBundle(benchFacts({ count: 500, customers, from: 500 * i })).blob);
    const bytes = batches.reduce((sum, blob) => sum + blob.length, 0);
    console.log(`${customers} customers: ${(bytes / 2000).toFixed(2)} bytes an event`);
    expect(bytes / 2).toBeLessThanOrEqual(most * 1024);
  });
});

describe("rows", () => {
  test("identity is customer, source and id; its hash does not depend on the bundle", () => {
    const alone = [
      event("0123456789abcdef0123456789abcdef"),
      event("01234567-89ab-cdef-0123-456789abcdef"),
      event("0123456789ABCDEF0123456789ABCDEF"),
      event("0123456789abcdef0123456789abcdef", {}, { source: "s" }),
      event("0123456789abcdef0123456789abcdef", {}, { customer: customerId("cus_2") }),
      event("é"),
      event("e\u0301"),
    ];
    const together = bundleOf(...alone);
    const { high, low } = together.identityHashes();
    expect(new Set(Array.from(high, (value, row) => `${value}/${low[row]}`)).size).toBe(alone.length);
    alone.forEach((fact, row) => {
      const one = bundleOf(fact);
      const hashes = one.identityHashes();
      expect([hashes.high[0], hashes.low[0]]).toEqual([high[row], low[row]]);
      alone.forEach((_, other) => {
        expect(one.sameIdentity(0, together, other)).toBe(row === other);
      });
    });
  });

  test("the identity hash stays what it is", () => {
    const { high, low } = bundleOf(
      event("0123456789abcdef0123456789abcdef"),
      event("01234567-89ab-cdef-0123-456789abcdef", {}, { source: "gateway" }),
      event("evt_1"),
    ).identityHashes();
    expect([...high, ...low].map((word) => word.toString(16))).toMatchInlineSnapshot(`
      [
        "63b955",
        "a3bd5f23",
        "d865dd97",
        "93f14f12",
        "68644b35",
        "d5dfd30f",
      ]
    `);
  });

  test("ids are ordered by their UTF-8 bytes, whatever their form", () => {
    const ids = ["a", "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdee", "\uffff", "𝒳", "Z"];
    const bundle = bundleOf(...ids.map((id) => event(id)));
    const order = ids.map((_, row) => row).sort((a, b) => bundle.compareIds(a, bundle, b));
    const expected = ids.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(order.map((row) => ids[row])).toEqual(expected);
  });

  test("content is type, data and a time of the client's", () => {
    const base = event("a", { x: 1, y: { z: "1" } });
    const rows = [
      { row: event("b", { y: { z: "1" }, x: 1 }), same: true },
      { row: event("a", { x: 1, y: { z: 1 } }), same: false },
      { row: event("a", { x: 2, y: { z: "1" } }), same: false },
      { row: event("a", { x: 1, y: { z: "1" } }, { type: "tokens" }), same: false },
      { row: event("a", { x: 1, y: { z: "1" } }, { time: 1_790_812_800_124 }), same: false },
      { row: event("a", { x: 1, y: { z: "1" } }, { time: 1_790_812_800_124, serverTime: true }), same: true },
      { row: event("a", {}, { kind: "void", reason: undefined }), same: false },
    ];
    const bundle = bundleOf(base, ...rows.map(({ row }) => row));
    rows.forEach(({ same }, i) => {
      expect(bundle.sameContent(0, bundle, i + 1)).toBe(same);
      expect(bundle.sameContent(i + 1, bundle, 0)).toBe(same);
      if (same) expect(bundle.contentHash(i + 1)).toBe(bundle.contentHash(0));
    });
  });

  test("columns follow paths through objects and read numbers, numeric texts and groups", () => {
    const bundle = bundleOf(
      event("a", { v: 12, g: "eu", usage: { bytes: 5 } }),
      event("b", { v: 0.25, g: 7 }),
      event("c", { v: "1e3", g: true }),
      event("d", { v: "x", g: null }),
      event("e", { v: null, usage: { bytes: "0.10" } }),
      event("f", { v: { w: 1 }, g: ["eu"] }),
      event("g", { v: new ExactNumber(decimal("12345678901234567.5")), g: "" }),
      event("h", {}),
    );
    const read = <T>(at: (row: number) => T): T[] => Array.from({ length: bundle.count }, (_, row) => at(row));
    const value = bundle.column(["v"]);
    expect(read((row) => value.quantityAt(row))).toEqual([
      12,
      decimal("0.25"),
      1000,
      "not_numeric",
      "missing",
      "not_numeric",
      decimal("12345678901234567.5"),
      "missing",
    ]);
    const group = bundle.column(["g"]);
    expect(read((row) => group.textAt(row))).toEqual([
      "eu",
      "7",
      "true",
      undefined,
      undefined,
      undefined,
      "",
      undefined,
    ]);
    const nested = bundle.column(["usage", "bytes"]);
    expect(read((row) => nested.quantityAt(row)).slice(0, 5)).toEqual([
      5,
      "missing",
      "missing",
      "missing",
      decimal("0.1"),
    ]);
  });
});

describe("canonicalEvent", () => {
  const text = (bundle: Bundle, row: number) => Buffer.from(bundle.canonicalEvent(row)).toString();

  test.for([
    {
      fact: event("0123456789abcdef0123456789abcdef", { b: 1.5, a: "x" }),
      json: '{"customer":"cus_1","data":{"a":"x","b":1.5},"id":"0123456789abcdef0123456789abcdef","time":"2026-10-01T00:00:00.123Z","type":"api_calls"}',
    },
    {
      fact: event('q"\\', { t: '\u0001\n"é', n: 1e-7 }, { source: "s", type: 'a"', time: 0 }),
      json: '{"customer":"cus_1","data":{"n":0.0000001,"t":"\\u0001\\n\\"é"},"id":"q\\"\\\\","source":"s","time":"1970-01-01T00:00:00.000Z","type":"a\\""}',
    },
    {
      fact: event("a", { l: [{}, [], null, false], n: new ExactNumber(decimal("1234567890123456789.25")), z: 1e21 }),
      json: '{"customer":"cus_1","data":{"l":[{},[],null,false],"n":1234567890123456789.25,"z":1000000000000000000000},"id":"a","time":"2026-10-01T00:00:00.123Z","type":"api_calls"}',
    },
    {
      fact: asFact(event("a", {}, { kind: "void", reason: "w", source: "s" })),
      json: '{"customer":"cus_1","id":"a","reason":"w","source":"s","time":"2026-10-01T00:00:00.123Z","void":true}',
    },
    {
      fact: asFact(event("a", {}, { kind: "void", reason: undefined })),
      json: '{"customer":"cus_1","id":"a","time":"2026-10-01T00:00:00.123Z","void":true}',
    },
  ])("$json", ({ fact, json }) => {
    expect(text(bundleOf(fact), 0)).toBe(json);
  });

  test("is JSON that says what the fact says, for any fact", () => {
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 10 }), (rows) => {
        const bundle = bundleOf(...rows);
        rows.forEach((fact, row) => {
          const said = JSON.parse(text(bundle, row));
          expect(said.id).toBe(fact.id);
          expect(said.customer).toBe(fact.customer);
          expect(said.source).toBe(fact.source);
          expect(Date.parse(said.time)).toBe(fact.time);
          if (fact.kind === "event") expect(said.data).toEqual(JSON.parse(JSON.stringify(fact.data)));
        });
      }),
      { numRuns: 50, seed: 7 },
    );
  });
});
