import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { adapters } from "./rating-adapters.fixture.ts";
import type { RatingCase } from "./rating-cases.fixture.ts";

const shared = process.env.FARTHING_SHARED ?? resolve(import.meta.dirname, "../../../../shared");
const file = resolve(shared, "cases/rating.json");
const present = existsSync(file);
if (!present) console.warn(`SKIPPED: rating cases of other systems, no ${file}`);

/** Where we come to another value on purpose, and to which: docs/pricing.md lists them and says why. */
const differing: Readonly<Record<string, string>> = {
  R024: "-3.25",
  R100: "150",
  R120: "10",
  R195: "0",
  R198: "100",
  R202: "1.1",
  R242: "-5",
  R258: "refused",
  R298: "3.68",
  R317: "2",
};

/** Cases of models that we have, with a rule that is no part of a price: docs/pricing.md says which. */
const notExpressed: readonly string[] = ["R069", "R072", "R074", "R075", "R077", "R135", "R322", "R323"];

/** Models of the cases that no price of a plan expresses. */
const otherModels: readonly string[] = [
  "capacity",
  "coupon_before_tax",
  "coupon_fixed",
  "coupon_percent",
  "coupon_stack",
  "credit_burndown",
  "credit_note",
  "credit_rollover",
  "credits_applied",
  "graduated_prorated",
  "invoice_rounding_drift",
  "minimum_invoice_carry",
  "money_rounding",
  "plan_minimum_commitment",
  "progressive_billing",
  "proration_add",
  "proration_change",
  "proration_remove",
  "proration_upgrade",
  "tax_sum_vs_recompute",
  "volume_blocks",
  "volume_prorated",
  "wallet_topup_rounding",
  "windowed_commitment",
  "windowed_commitment_buckets",
];

describe.skipIf(!present)("rating cases of other systems", () => {
  const cases = present ? (JSON.parse(readFileSync(file, "utf8")) as RatingCase[]) : [];
  const expressed = cases.filter(({ id, model }) => model in adapters && !notExpressed.includes(id));
  const outcomeOf = (one: RatingCase) => adapters[one.model]?.(one) ?? { ours: "none", theirs: "none" };

  test("are all here, and each is expressed or listed", () => {
    expect([cases.length, expressed.length]).toEqual([229, 167]);
    const others = [...new Set(cases.map(({ model }) => model).filter((model) => !(model in adapters)))];
    expect(others.sort()).toEqual(otherModels);
  });

  test.for(expressed.filter(({ id }) => !(id in differing)))("$id $model", (one) => {
    const { ours, theirs } = outcomeOf(one);
    expect(ours).toBe(theirs);
  });

  test("differ in exactly those that are listed, by exactly that", () => {
    const outcomes = expressed.map((one) => ({ id: one.id, ...outcomeOf(one) }));
    const others = outcomes.filter(({ ours, theirs }) => ours !== theirs);
    expect(Object.fromEntries(others.map(({ id, ours }) => [id, ours]))).toEqual(differing);
  });

  test("that differ are those that the document lists", () => {
    const document = readFileSync(resolve(import.meta.dirname, "../../../docs/pricing.md"), "utf8");
    const table = document.slice(document.indexOf("## Where others differ"));
    expect([...table.matchAll(/^\| (R\d{3}):/gm)].map(([, id]) => id).sort()).toEqual(Object.keys(differing));
  });
});
