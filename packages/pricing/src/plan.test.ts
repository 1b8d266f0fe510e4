import { currency, merchantId } from "@farthing/money";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { PlanBody, planAnswer } from "./index.ts";
import { planContent, readPlanContent, writePlanContent } from "./plan.ts";

const perUnit = { model: "per_unit", meter: "calls", unitPrice: "0.0004" };
const flat = { model: "flat", amount: "5", timing: "in_advance" };
const body = { currency: "USD", interval: "month", prices: [perUnit] };

const content = (from: unknown) => planContent(v.parse(PlanBody, from));

const tiers = [
  { upTo: "10", unitPrice: "1", flat: "2" },
  { upTo: null, unitPrice: "0.5" },
];
const rates = [
  { upTo: "10.5", rate: "0.01", fixed: "0.3" },
  { upTo: null, rate: "0.02" },
];
const convert = { by: "1000", op: "divide", round: "up" };
const terms = { convert, freeUnits: "3", discount: "0.1", minimum: "1", maximum: "5" };
const cells = [{ match: { model: "a", region: "*" }, unitPrice: "1" }];
/** A price of each model with all its fields. */
const full = {
  per_unit: { unitPrice: "0.15", per: "1000000", ...terms },
  graduated: { tiers, per: "3", chargeZero: true, ...terms },
  volume: { tiers, per: "3", chargeZero: false, ...terms },
  package: { size: "10", amount: "2", ...terms },
  percentage: {
    ...{ rate: "0.029", fixed: "0.3", freeUnits: "2", freeAmount: "100", discount: "0.5" },
    ...{ minimum: "0.5", maximum: "3", periodMinimum: "10", periodMaximum: "50" },
  },
  graduated_percentage: { tiers: rates, ...terms },
  capacity: {
    tiers: [
      { upTo: "5", amount: "1" },
      { upTo: null, amount: "2" },
    ],
    ...terms,
  },
  matrix: { dimensions: ["model", "region"], cells, otherwise: "2", per: "3", ...terms },
  dynamic: { multiplier: "1.1", ...terms },
} as const;
const named = (model: keyof typeof full, more: object = {}) => ({ model, meter: "m", ...full[model], ...more });

describe("PlanBody", () => {
  test.for(Object.keys(full) as (keyof typeof full)[])("takes %s with all its fields, and keeps them", (model) => {
    const price = { ...named(model, { group: { tier: "a" } }), key: "k" };
    const made = content({ ...body, prices: [price] });
    if (!made.ok) throw new Error(made.error.code);
    const read = readPlanContent(writePlanContent(made.value));
    expect(read).toEqual(made.value);
    const plan = { ...read, merchant: merchantId("m"), key: "p", version: 1, createdAt: 0 };
    expect(planAnswer(plan).prices).toEqual([price]);
  });

  const up = (...bounds: readonly (string | null)[]) => bounds.map((upTo) => ({ upTo, unitPrice: "1" }));
  const at = (price: object) => ({ ...body, prices: [flat, price] });
  test.for([
    { why: "no tier", path: "prices.1.tiers", body: at(named("graduated", { tiers: [] })) },
    {
      why: "101 tiers",
      path: "prices.1.tiers",
      body: at(
        named("volume", { tiers: Array.from({ length: 101 }, (_, i) => ({ upTo: `${i + 1}`, unitPrice: "1" })) }),
      ),
    },
    {
      why: "bounds that fall",
      path: "prices.1.tiers.1.upTo",
      body: at(named("graduated", { tiers: up("10", "5", null) })),
    },
    {
      why: "equal bounds",
      path: "prices.1.tiers.2.upTo",
      body: at(named("volume", { tiers: up("1", "2", "2.0", null) })),
    },
    {
      why: "an open tier amid others",
      path: "prices.1.tiers.1.upTo",
      body: at(named("graduated", { tiers: up(null, "5") })),
    },
    { why: "a bound of nought", path: "prices.1.tiers.0.upTo", body: at(named("graduated", { tiers: up("0", null) })) },
    {
      why: "a tier without a bound's field",
      path: "prices.1.tiers.0.upTo",
      body: at(named("graduated", { tiers: [{ unitPrice: "1" }] })),
    },
    {
      why: "a tier without a price",
      path: "prices.1.tiers.0.unitPrice",
      body: at(named("graduated", { tiers: [{ upTo: null }] })),
    },
    { why: "a maximum below the minimum", path: "prices.1.maximum", body: at(named("package", { minimum: "5.01" })) },
    { why: "a transaction's too", path: "prices.1.maximum", body: at(named("percentage", { minimum: "4" })) },
    { why: "and a period's", path: "prices.1.periodMaximum", body: at(named("percentage", { periodMinimum: "51" })) },
    { why: "a discount past all", path: "prices.1.discount", body: at(named("dynamic", { discount: "1.01" })) },
    {
      why: "a conversion by nought",
      path: "prices.1.convert.by",
      body: at(named("dynamic", { convert: { by: "0", op: "divide" } })),
    },
    {
      why: "an unknown conversion",
      path: "prices.1.convert.op",
      body: at(named("dynamic", { convert: { by: "2", op: "add" } })),
    },
    {
      why: "a percentage of converted transactions",
      path: "prices.1.convert",
      body: at(named("percentage", { convert })),
    },
    { why: "a negative allowance", path: "prices.1.freeUnits", body: at(named("dynamic", { freeUnits: "-1" })) },
    { why: "half a free transaction", path: "prices.1.freeUnits", body: at(named("percentage", { freeUnits: "1.5" })) },
    { why: "a negative rate", path: "prices.1.rate", body: at(named("percentage", { rate: "-0.1" })) },
    { why: "a rate of 13 decimals", path: "prices.1.rate", body: at(named("percentage", { rate: "1e-13" })) },
    { why: "a package of nought", path: "prices.1.size", body: at(named("package", { size: "0" })) },
    { why: "no dimension", path: "prices.1.dimensions", body: at(named("matrix", { dimensions: [] })) },
    {
      why: "a dimension twice",
      path: "prices.1.dimensions",
      body: at(named("matrix", { dimensions: ["model", "model", "region"] })),
    },
    { why: "no cell", path: "prices.1.cells", body: at(named("matrix", { cells: [] })) },
    {
      why: "a cell by another name",
      path: "prices.1.cells.1.match.colour",
      body: at(named("matrix", { cells: [...cells, { match: { colour: "red" }, unitPrice: "1" }] })),
    },
    {
      why: "a match twice",
      path: "prices.1.cells.1.match",
      body: at(named("matrix", { cells: [...cells, { match: { model: "a" }, unitPrice: "1" }] })),
    },
    {
      why: "free units on a flat price",
      path: "prices.0.freeUnits",
      body: { ...body, prices: [{ ...flat, freeUnits: "1" }] },
    },
  ])("refuses $why at $path", ({ body, path }) => {
    const parsed = v.safeParse(PlanBody, body);
    expect(parsed.issues?.map((issue) => v.getDotPath(issue))).toEqual([path]);
  });

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
        for (const model of Object.keys(full) as (keyof typeof full)[])
          v.safeParse(PlanBody, {
            ...body,
            prices: [named(model, { tiers: prices, cells: rest, dimensions: prices })],
          });
        v.safeParse(PlanBody, { ...body, prices: [prices, { ...perUnit, unitPrice: rest, group: prices }] });
      }),
    );
  });
});

const textOf = (from: unknown) => {
  const made = content(from);
  if (!made.ok) throw new Error(made.error.code);
  return writePlanContent(made.value);
};

describe("planContent", () => {
  test("refuses a price whose last tier ends, after keys", () => {
    const ends = {
      model: "graduated",
      meter: "m",
      tiers: [
        { upTo: "10", unitPrice: "1" },
        { upTo: "2.5e3", unitPrice: "1" },
      ],
    };
    expect(content({ ...body, prices: [flat, ends] })).toEqual({
      ok: false,
      error: { code: "tiers_exhausted", limit: "2500", path: "prices.1.tiers.1.upTo" },
    });
    const twice = {
      ...body,
      prices: [
        { ...ends, key: "a" },
        { ...flat, key: "a" },
      ],
    };
    expect(content(twice)).toMatchObject({ error: { code: "invalid_request" } });
  });

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
