import { decimal, expectOk, formatDecimal, formatPicos, one, zero } from "@farthing/money";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { rateFlat } from "./flat.ts";
import { type PhaseBody, phasePrices } from "./phase.ts";
import { PlanBody, type PlanContent, planContent, readPlanContent, writePlanContent } from "./plan.ts";
import type { Price } from "./price.ts";
import { type QuantityPrice, rate } from "./rate.ts";

const prices = [
  { key: "calls", model: "per_unit", meter: "calls", unitPrice: "0.02", discount: "0.1", minimum: "5", maximum: "9" },
  { model: "flat", amount: "30", timing: "in_advance" },
  { model: "percentage", meter: "paid", rate: "0.03", fixed: "0.3", freeUnits: "2", maximum: "4", periodMinimum: "10" },
];
const month = { interval: "month", count: 1 };
const bodyOf = (...phases: readonly object[]) => ({ currency: "USD", interval: "month", prices, phases });
const contentOf = (...phases: readonly object[]): PlanContent =>
  expectOk(planContent(v.parse(PlanBody, bodyOf(...phases))));
const pricesIn = (phase: object): readonly Price[] => {
  const content = contentOf({ duration: month, ...phase });
  return content.phases?.flatMap((one) => phasePrices(content.prices, one)) ?? [];
};

describe("phases", () => {
  test("have keys, also those of their prices", () => {
    const own = [{ model: "flat", amount: "1", timing: "in_arrears" }];
    const content = contentOf(
      { duration: { interval: "day", count: 14 }, free: true },
      { key: "ramp", name: "Ramp", duration: month, discount: "0.5" },
      { duration: { interval: "quarter", count: 2 }, prices: own },
    );
    expect(content.phases?.map(({ key }) => key)).toEqual(["phase-1", "ramp", "phase-3"]);
    expect(content.phases?.[2]?.prices?.map(({ key }) => key)).toEqual(["flat"]);
    expect(writePlanContent(readPlanContent(writePlanContent(content)))).toBe(writePlanContent(content));
  });

  test.for<{ phases: readonly object[]; path: string; why: string }>([
    { phases: [], path: "phases", why: "none" },
    { phases: [{ duration: month }], path: "phases.0", why: "neither prices nor a discount nor free" },
    { phases: [{ duration: month, free: true, discount: "1" }], path: "phases.0", why: "two of them" },
    { phases: [{ duration: month, free: false }], path: "phases.0.free", why: "not free" },
    { phases: [{ duration: month, discount: "1.1" }], path: "phases.0.discount", why: "more than all off" },
    { phases: [{ free: true }], path: "phases.0.duration", why: "no end" },
    {
      phases: [{ duration: { interval: "hour", count: 1 }, free: true }],
      path: "phases.0.duration.interval",
      why: "hours",
    },
    {
      phases: [{ duration: { interval: "day", count: 0 }, free: true }],
      path: "phases.0.duration.count",
      why: "no time",
    },
    {
      phases: [{ duration: { interval: "day", count: 1.5 }, free: true }],
      path: "phases.0.duration.count",
      why: "a part",
    },
    { phases: [{ key: "a/b", duration: month, free: true }], path: "phases.0.key", why: "no key" },
  ])("are refused: $why", ({ phases, path }) => {
    const parsed = v.safeParse(PlanBody, bodyOf(...phases));
    expect(parsed.issues?.map((issue) => v.getDotPath(issue))).toContain(path);
  });

  test.for([
    {
      phases: [
        { key: "a", duration: month, free: true },
        { key: "a", duration: month, free: true },
      ],
      path: "phases.1.key",
    },
    {
      phases: [
        {
          duration: month,
          prices: [1, 2].map(() => ({ key: "f", model: "flat", amount: "1", timing: "in_advance" })),
        },
      ],
      path: "phases.0.prices.1.key",
    },
  ])("with a key used twice are refused at $path", ({ phases, path }) => {
    const made = planContent(v.parse(PlanBody, bodyOf(...phases)));
    expect(made.ok ? [] : made.error).toMatchObject({ code: "invalid_request", issues: [{ path }] });
  });

  test("with tiers that end are refused", () => {
    const tiers = [{ upTo: "10", unitPrice: "1" }];
    const phase = { duration: month, prices: [{ model: "graduated", meter: "calls", tiers }] };
    expect(planContent(v.parse(PlanBody, bodyOf(phase)))).toEqual({
      ok: false,
      error: { code: "tiers_exhausted", limit: "10", path: "phases.0.prices.0.tiers.0.upTo" },
    });
  });
});

describe("phasePrices", () => {
  test("are none of a free phase, and its own where it has them", () => {
    expect(pricesIn({ free: true })).toEqual([]);
    const own = pricesIn({ prices: [{ model: "flat", amount: "1", timing: "in_arrears" }] });
    expect(own.map(({ key }) => key)).toEqual(["flat"]);
  });

  test("at a discount scale amounts and limits, and no allowance", () => {
    const texts = pricesIn({ discount: "0.5" }).map((price) =>
      Object.fromEntries(
        Object.entries(price).map(([name, value]) => [
          name,
          typeof value === "object" && "digits" in value ? formatDecimal(value) : value,
        ]),
      ),
    );
    expect(texts).toMatchObject([
      { unitPrice: "0.02", discount: "0.55", minimum: "2.5", maximum: "4.5" },
      { amount: "15" },
      { rate: "0.015", fixed: "0.15", freeUnits: "2", maximum: "2", periodMinimum: "5" },
    ]);
  });

  test("charge the part that is left of what the plan charges", () => {
    const parts = fc.integer({ min: 0, max: 100 }).map((hundredths) => decimal((hundredths / 100).toFixed(2)));
    fc.assert(
      fc.property(parts, fc.nat(2000), (discount, quantity) => {
        const { prices: regular } = contentOf({ duration: month, free: true });
        const phase = { key: "p", duration: { interval: "month", count: 1 }, discount } as PhaseBody & { key: string };
        const ramp = phasePrices(regular, { key: "p", duration: phase.duration, discount });
        const [whole, less] = [regular, ramp].map(([calls]) => rate(calls as QuantityPrice, decimal(String(quantity))));
        const left = 1 - Number(formatDecimal(discount));
        expect(Number(formatPicos(less ?? rateFlat({ amount: zero }, { of: one, per: one })))).toBeCloseTo(
          Number(formatPicos(whole ?? rateFlat({ amount: zero }, { of: one, per: one }))) * left,
          9,
        );
      }),
    );
  });
});
