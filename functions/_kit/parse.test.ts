import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical.ts";
import { CurrencyText, CustomerIdText, Label, Moment, MomentText, TimezoneText } from "./fields.ts";
import { parse } from "./parse.ts";
import { readQuery } from "./query.ts";
import type { Schema } from "./route.ts";

const at = Date.UTC(2026, 10, 22, 12);

describe("fields", () => {
  test.for<{ schema: Schema; text: unknown; value: unknown }>([
    { schema: CustomerIdText, text: "66.249.73.135", value: "66.249.73.135" },
    { schema: CustomerIdText, text: "a".repeat(128), value: "a".repeat(128) },
    { schema: CurrencyText, text: "USD", value: "USD" },
    { schema: TimezoneText, text: "UTC", value: "UTC" },
    { schema: TimezoneText, text: "America/Argentina/Buenos_Aires", value: "America/Argentina/Buenos_Aires" },
    { schema: TimezoneText, text: "Asia/Kolkata", value: "Asia/Kolkata" },
    { schema: Label, text: "  Zoë's API ", value: "Zoë's API" },
    { schema: MomentText, text: "2026-11-22T12:00:00Z", value: at },
    { schema: MomentText, text: "2026-11-22t12:00:00z", value: at },
    { schema: MomentText, text: "2026-11-22T14:30:00+02:30", value: at },
    { schema: MomentText, text: "2026-11-22T12:00:00.0019Z", value: at + 1 },
    { schema: MomentText, text: "2024-02-29T00:00:00Z", value: Date.UTC(2024, 1, 29) },
    { schema: Moment, text: at, value: "2026-11-22T12:00:00.000Z" },
  ])("read $text", ({ schema, text, value }) => {
    expect(parse(schema, text)).toEqual({ ok: true, value });
  });

  test.for<{ schema: Schema; text: unknown }>([
    { schema: CustomerIdText, text: "" },
    { schema: CustomerIdText, text: "a".repeat(129) },
    { schema: CustomerIdText, text: "a#b" },
    { schema: CustomerIdText, text: "é" },
    { schema: CustomerIdText, text: 7 },
    { schema: CurrencyText, text: "usd" },
    { schema: CurrencyText, text: "XXX" },
    { schema: TimezoneText, text: "Mars/Olympus" },
    { schema: TimezoneText, text: "+02:00" },
    { schema: TimezoneText, text: "" },
    { schema: Label, text: "   " },
    { schema: Label, text: "a\nb" },
    { schema: Label, text: "a".repeat(201) },
    { schema: MomentText, text: "2026-11-22" },
    { schema: MomentText, text: "2026-11-22T12:00:00" },
    { schema: MomentText, text: "2026-11-22T24:00:00Z" },
    { schema: MomentText, text: "2026-11-22T12:00:60Z" },
    { schema: MomentText, text: "2026-02-29T12:00:00Z" },
    { schema: MomentText, text: "2026-04-31T12:00:00Z" },
    { schema: MomentText, text: at },
  ])("refuse $text", ({ schema, text }) => {
    expect(parse(schema, text, "query")).toMatchObject({ ok: false, error: { code: "invalid_request" } });
  });

  test("survive any text", () => {
    for (const schema of [CustomerIdText, CurrencyText, TimezoneText, Label, MomentText]) {
      fc.assert(
        fc.property(fc.string({ unit: anyCharacter, maxLength: 40 }), (text) => {
          expect(typeof parse(schema, text).ok).toBe("boolean");
        }),
      );
    }
  });
});

describe("parse", () => {
  const Thing = v.strictObject({
    list: v.array(v.strictObject({ n: v.number() })),
    map: v.record(v.string(), v.string()),
  });

  test.for<{ input: unknown; path: string }>([
    { input: undefined, path: "body" },
    { input: { list: [], map: {}, extra: 1 }, path: "body.extra" },
    { input: { list: [{ n: 1 }, { n: "1" }], map: {} }, path: "body.list.1.n" },
    { input: { list: [], map: { a: 1 } }, path: "body.map.a" },
  ])("says that $path is wrong", ({ input, path }) => {
    expect(parse(Thing, input, "body")).toMatchObject({ error: { issues: [{ path }] } });
  });

  test("says no more than twenty things, each briefly", () => {
    const input = { list: Array.from({ length: 100 }, () => ({ n: "x".repeat(1000) })), map: {} };
    const parsed = parse(Thing, input);
    if (parsed.ok) return expect.fail("parsed");
    expect(parsed.error.issues).toHaveLength(20);
    for (const { message } of parsed.error.issues) expect(message.length).toBeLessThanOrEqual(200);
  });
});

describe("readQuery", () => {
  test.for<{ text: string; values: Readonly<Record<string, string>> }>([
    { text: "", values: {} },
    { text: "a=1&b=%20x+y", values: { a: "1", b: " x y" } },
    { text: "a", values: { a: "" } },
    { text: "constructor=1", values: { constructor: "1" } },
  ])('reads "$text"', ({ text, values }) => {
    expect(readQuery(text)).toEqual({ ok: true, value: values });
  });

  test("survives any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), (text) => {
        expect(typeof readQuery(text).ok).toBe("boolean");
      }),
    );
  });
});

describe("canonicalJson", () => {
  test("tells no order of fields, and everything else", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });
});
