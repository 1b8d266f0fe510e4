import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { currency, decimal, formatMoney, formatPicos, multiply, type Picos, roundToMinor } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { ratePerUnit } from "./index.ts";

interface RatingCase {
  id: string;
  model: string;
  config: { unit_price?: string; unit_price_minor?: string; currency?: string; billing_units?: string };
  usage: { quantity: string };
  expected: { amount?: string; precise?: string; precise_minor?: string; line?: string; line_minor?: number };
}

const shared = process.env.FARTHING_SHARED ?? resolve(import.meta.dirname, "../../../../shared");
const file = resolve(shared, "cases/rating.json");
const present = existsSync(file);
if (!present) console.warn(`SKIPPED: rating cases of other systems, no ${file}`);

/** Where other systems round a line half up and ours would round a total half to even: docs/pricing.md lists them. */
const roundedElsewhere: Readonly<Record<string, string>> = { R298: "3.68" };

describe.skipIf(!present)("rating cases of other systems", () => {
  const cases = present ? (JSON.parse(readFileSync(file, "utf8")) as RatingCase[]) : [];
  const perUnit = cases.filter(({ model }) => model === "per_unit");

  const billingUnits = cases.filter(({ model }) => model === "per_unit_billing_units");

  test("are all here", () => {
    expect([perUnit.length, billingUnits.length]).toEqual([9, 2]);
  });

  // Others round usage up to whole billing units; `per` only scales the price, and docs/pricing.md says so.
  test.for(billingUnits)("$id", ({ id, config, usage, expected }) => {
    const price = { unitPrice: decimal(config.unit_price ?? ""), per: decimal(config.billing_units ?? "") };
    const ours = formatPicos(ratePerUnit(decimal(usage.quantity), price));
    expect(ours).toBe(id === "R266" ? "0.1" : expected.amount);
  });

  test.for(perUnit)("$id", ({ id, config, usage, expected }) => {
    const cents = (text: string) => multiply(decimal(text), decimal("0.01"));
    const unitPrice =
      config.unit_price_minor === undefined ? decimal(config.unit_price ?? "") : cents(config.unit_price_minor);
    const charge: Picos = ratePerUnit(decimal(usage.quantity), { unitPrice });

    const exact = expected.amount ?? expected.precise;
    if (exact !== undefined) expect(charge).toBe(ratePerUnit(decimal(exact), { unitPrice: decimal("1") }));
    if (expected.precise_minor !== undefined)
      expect(charge).toBe(ratePerUnit(cents(expected.precise_minor), { unitPrice: decimal("1") }));

    const code = currency(config.currency ?? "USD");
    const line = expected.line ?? (expected.line_minor === undefined ? undefined : `0.0${expected.line_minor}`);
    if (line !== undefined) expect(formatMoney(roundToMinor(charge, code), code)).toBe(roundedElsewhere[id] ?? line);
  });
});
