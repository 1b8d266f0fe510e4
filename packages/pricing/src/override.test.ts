import { expectOk } from "@farthing/money";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { jsonOf } from "./json-of.ts";
import { OverrideBody, overriddenPlan, overridesOf, readPrices, writePrices } from "./override.ts";
import { PlanBody, planContent } from "./plan.ts";

const tiers = [{ upTo: null, unitPrice: "1" }];
const content = expectOk(
  planContent(
    v.parse(PlanBody, {
      currency: "USD",
      interval: "month",
      prices: [
        {
          key: "calls",
          model: "per_unit",
          meter: "calls",
          unitPrice: "0.02",
          group: { region: "eu" },
          freeUnits: "10",
        },
        { key: "fee", model: "flat", amount: "30", timing: "in_advance" },
      ],
      phases: [
        {
          key: "ramp",
          duration: { interval: "month", count: 1 },
          prices: [
            { key: "fee", model: "flat", amount: "5", timing: "in_advance" },
            { key: "early", model: "flat", amount: "1", timing: "in_arrears" },
          ],
        },
      ],
    }),
  ),
);
const made = (...bodies: readonly object[]) =>
  overridesOf(
    content,
    bodies.map((body) => v.parse(OverrideBody, body)),
  );

describe("overridesOf", () => {
  test.for([
    {
      body: { price: "calls", unitPrice: "0.01" },
      price: {
        key: "calls",
        model: "per_unit",
        meter: "calls",
        unitPrice: "0.01",
        group: { region: "eu" },
        freeUnits: "10",
      },
      why: "a field is said anew, the rest stays",
    },
    {
      body: { price: "calls", model: "graduated", tiers },
      price: { key: "calls", model: "graduated", meter: "calls", group: { region: "eu" }, tiers },
      why: "of another model only meter and group stay",
    },
    {
      body: { price: "fee", amount: "25" },
      price: { key: "fee", model: "flat", amount: "25", timing: "in_advance" },
      why: "a flat price",
    },
    {
      body: { price: "early", amount: "0" },
      price: { key: "early", model: "flat", amount: "0", timing: "in_arrears" },
      why: "a price that only a phase has",
    },
  ])("makes $price.key: $why", ({ body, price }) => {
    const all = expectOk(made(body));
    expect(jsonOf(all)).toEqual([price]);
    expect(readPrices(writePrices(all))).toEqual(all);
  });

  test.for<{ bodies: readonly object[]; error: object; why: string }>([
    {
      bodies: [{ price: "none", amount: "1" }],
      error: { code: "unknown_price", price: "none", path: "overrides.0.price" },
      why: "no such price",
    },
    {
      bodies: [
        { price: "fee", amount: "1" },
        { price: "fee", amount: "2" },
      ],
      error: { code: "invalid_request", issues: [{ path: "overrides.1.price" }] },
      why: "named twice",
    },
    {
      bodies: [{ price: "fee", amount: "-1" }],
      error: { code: "invalid_request", issues: [{ path: "overrides.0.amount" }] },
      why: "below nought",
    },
    {
      bodies: [{ price: "fee", unitPrice: "1" }],
      error: { code: "invalid_request", issues: [{ path: "overrides.0.unitPrice" }] },
      why: "a field of another model",
    },
    {
      bodies: [{ price: "calls", meter: "bytes" }],
      error: { code: "invalid_request", issues: [{ path: "overrides.0.meter" }] },
      why: "another meter",
    },
    {
      bodies: [{ price: "calls", model: "graduated", tiers: [{ upTo: "5", unitPrice: "1" }] }],
      error: { code: "tiers_exhausted", limit: "5", path: "overrides.0.tiers.0.upTo" },
      why: "tiers that end",
    },
    {
      bodies: [{ price: "none" }, { price: "fee", amount: "-1" }],
      error: { code: "unknown_price" },
      why: "the first that is wrong is told",
    },
  ])("refuses $error.code: $why", ({ bodies, error }) => {
    const refused = made(...bodies);
    expect(refused.ok ? undefined : refused.error).toMatchObject(error);
  });
});

test("overridden, a plan has the customer's prices in every list that has their keys", () => {
  const own = expectOk(made({ price: "fee", amount: "25" }));
  const plan = overriddenPlan({ ...content, merchant: "m" as never, key: "p", version: 1, createdAt: 0 }, own);
  const fees = [plan.prices, plan.phases?.[0]?.prices ?? []].map((prices) => prices.map((price) => jsonOf(price)));
  expect(fees).toMatchObject([
    [{ key: "calls", unitPrice: "0.02" }, { amount: "25" }],
    [{ amount: "25" }, { amount: "1" }],
  ]);
});
