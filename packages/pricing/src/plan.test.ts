import { currency, merchantId } from "@farthing/money";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { PlanBody, planAnswer } from "./index.ts";
import { planContent, readPlanContent, writePlanContent } from "./plan.ts";

const perUnit = { model: "per_unit", meter: "calls", unitPrice: "0.0004" };
const flat = { model: "flat", amount: "5", timing: "in_advance" };
const body = { currency: "USD", interval: "month", prices: [perUnit] };

describe("PlanBody", () => {
  test.for([
    { why: "one price", body },
    { why: "no price: only direct charges", body: { ...body, prices: [] } },
    { why: "a name and a minimum", body: { ...body, name: "Pay as you go", minimumInvoice: "0.50", interval: "day" } },
    { why: "every field", body: { ...body, prices: [{ ...perUnit, key: "k", per: "1e9", group: { a: "b" } }, flat] } },
    { why: "a price of one pico", body: { ...body, prices: [{ ...perUnit, unitPrice: "0.000000000001" }] } },
    { why: "200 prices", body: { ...body, prices: Array.from({ length: 200 }, () => flat) } },
  ])("takes $why", ({ body }) => {
    expect(v.is(PlanBody, body)).toBe(true);
  });

  const price = (more: object) => ({ ...body, prices: [flat, { ...perUnit, ...more }] });
  test.for([
    { why: "no currency", path: "currency", body: { interval: "month", prices: [] } },
    { why: "an unknown interval", path: "interval", body: { ...body, interval: "fortnight" } },
    { why: "an unknown field", path: "surprise", body: { ...body, surprise: 1 } },
    { why: "201 prices", path: "prices", body: { ...body, prices: Array.from({ length: 201 }, () => flat) } },
    { why: "an unknown model", path: "prices.1.model", body: price({ model: "psychic" }) },
    { why: "a number for a price", path: "prices.1.unitPrice", body: price({ unitPrice: 0.0004 }) },
    { why: "a negative price", path: "prices.1.unitPrice", body: price({ unitPrice: "-1" }) },
    { why: "13 decimals", path: "prices.1.unitPrice", body: price({ unitPrice: "1e-13" }) },
    { why: "NaN", path: "prices.1.unitPrice", body: price({ unitPrice: "NaN" }) },
    { why: "hexadecimal", path: "prices.1.unitPrice", body: price({ unitPrice: "0x10" }) },
    { why: "1e400", path: "prices.1.unitPrice", body: price({ unitPrice: "1e400" }) },
    { why: "31 digits", path: "prices.1.unitPrice", body: price({ unitPrice: "1".repeat(31) }) },
    { why: "a price for nought units", path: "prices.1.per", body: price({ per: "0" }) },
    { why: "a price for less than nought units", path: "prices.1.per", body: price({ per: "-5" }) },
    { why: "an empty group", path: "prices.1.group", body: price({ group: {} }) },
    { why: "half a character", path: "prices.1.group.a", body: price({ group: { a: "\ud800" } }) },
    { why: "a key with a separator", path: "prices.1.key", body: price({ key: "a#b" }) },
    { why: "an empty meter", path: "prices.1.meter", body: price({ meter: "" }) },
    { why: "a flat price on a meter", path: "prices.0.meter", body: { ...body, prices: [{ ...flat, meter: "m" }] } },
    { why: "a negative flat", path: "prices.0.amount", body: { ...body, prices: [{ ...flat, amount: "-5" }] } },
    { why: "no timing", path: "prices.0.timing", body: { ...body, prices: [{ model: "flat", amount: "5" }] } },
    { why: "a negative minimum", path: "minimumInvoice", body: { ...body, minimumInvoice: "-1" } },
    { why: "a name of half a character", path: "name", body: { ...body, name: "\udfff" } },
    { why: "a name of 201 characters", path: "name", body: { ...body, name: "n".repeat(201) } },
  ])("refuses $why at $path", ({ body, path }) => {
    const parsed = v.safeParse(PlanBody, body);
    expect(parsed.issues?.map((issue) => v.getDotPath(issue))).toEqual([path]);
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (prices, rest) => {
        v.safeParse(PlanBody, rest);
        v.safeParse(PlanBody, { ...body, prices });
        v.safeParse(PlanBody, { ...body, prices: [prices, { ...perUnit, unitPrice: rest, group: prices }] });
      }),
    );
  });
});

const content = (from: unknown) => planContent(v.parse(PlanBody, from));
const textOf = (from: unknown) => {
  const made = content(from);
  if (!made.ok) throw new Error(made.error.code);
  return writePlanContent(made.value);
};

describe("planContent", () => {
  test("refuses what is no currency, before it looks at keys", () => {
    const twice = {
      ...body,
      currency: "XYZ",
      prices: [
        { ...flat, key: "a" },
        { ...flat, key: "a" },
      ],
    };
    expect(content(twice)).toEqual({ ok: false, error: { code: "unknown_currency", currency: "XYZ" } });
    expect(content({ ...body, currency: "usd" })).toMatchObject({ ok: false });
    expect(content({ ...twice, currency: "USD" })).toMatchObject({ ok: false, error: { code: "invalid_request" } });
  });
});

describe("a plan's text", () => {
  test.for([
    { why: "the order of fields", a: flat, b: { timing: "in_advance", amount: "5", model: "flat" } },
    { why: "how a decimal is written", a: { ...flat, amount: "5.00" }, b: { ...flat, amount: "5e0" } },
    { why: "whether a made key is named", a: flat, b: { ...flat, key: "flat" } },
    {
      why: "the order of group names",
      a: { ...perUnit, group: { a: "1", b: "2" } },
      b: { ...perUnit, group: { b: "2", a: "1" } },
    },
  ])("does not depend on $why", ({ a, b }) => {
    expect(textOf({ ...body, prices: [a] })).toBe(textOf({ ...body, prices: [b] }));
  });

  test.for([
    { why: "a price's order", other: { ...body, prices: [flat, perUnit] } },
    { why: "a name", other: { ...body, prices: [perUnit, flat], name: "x" } },
    { why: "a pico", other: { ...body, prices: [{ ...perUnit, unitPrice: "0.000400000001" }, flat] } },
  ])("depends on $why", ({ other }) => {
    expect(textOf(other)).not.toBe(textOf({ ...body, prices: [perUnit, flat] }));
  });

  test("reads back as the same content", () => {
    const amounts = fc.bigInt({ min: 0n, max: 10n ** 20n }).map((digits) => `${digits}e-12`);
    const texts = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    const metered = fc.record(
      {
        model: fc.constant("per_unit"),
        meter: fc.constantFrom("calls", "bytes"),
        unitPrice: amounts,
        per: fc.constantFrom("1", "1000000", "0.5"),
        group: fc.dictionary(fc.constantFrom("model", "region"), texts, { minKeys: 1 }),
      },
      { requiredKeys: ["model", "meter", "unitPrice"] },
    );
    const flats = fc.record({ model: fc.constant("flat"), amount: amounts, timing: fc.constant("in_arrears") });
    const bodies = fc.record(
      {
        currency: fc.constantFrom("USD", "JPY", "KWD"),
        interval: fc.constantFrom("month", "day"),
        prices: fc.array(fc.oneof(metered, flats), { maxLength: 5 }),
        minimumInvoice: amounts,
        name: texts,
      },
      { requiredKeys: ["currency", "interval", "prices"] },
    );
    fc.assert(
      fc.property(bodies, (from) => {
        const text = textOf(from);
        expect(writePlanContent(readPlanContent(text))).toBe(text);
        expect(textOf(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test("that is no plan's is a fault, not a plan", () => {
    expect(() => readPlanContent("{}")).toThrow();
  });
});

test("a plan shows decimals as text and times as RFC 3339", () => {
  const made = readPlanContent(textOf({ ...body, prices: [perUnit, flat], minimumInvoice: "0.50" }));
  const plan = { ...made, merchant: merchantId("m"), key: "basic", version: 3, createdAt: Date.UTC(2026, 10, 1) };
  expect(plan.currency).toBe(currency("USD"));
  expect(planAnswer(plan)).toEqual({
    key: "basic",
    version: 3,
    currency: "USD",
    interval: "month",
    prices: [
      { key: "calls", model: "per_unit", meter: "calls", unitPrice: "0.0004" },
      { key: "flat", model: "flat", amount: "5", timing: "in_advance" },
    ],
    minimumInvoice: "0.5",
    createdAt: "2026-11-01T00:00:00.000Z",
  });
});
