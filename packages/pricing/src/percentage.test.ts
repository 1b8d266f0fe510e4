import { decimal, formatPicos, type Picos } from "@farthing/money";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import {
  addTransaction,
  allowanceLeft,
  chargedFor,
  feeWithoutAllowance,
  noTransactions,
  PercentagePrice,
  type Transactions,
} from "./index.ts";

const priceOf = (more: object): PercentagePrice =>
  v.parse(PercentagePrice, { model: "percentage", meter: "m", rate: "0.03", ...more });
const after = (price: PercentagePrice, amounts: readonly string[]): Transactions =>
  amounts.reduce((so, amount) => addTransaction(price, so, decimal(amount)), noTransactions);

describe("percentage", () => {
  test.for([
    { more: {}, amounts: [], charge: "0", why: "no transaction" },
    { more: {}, amounts: ["10", "20"], charge: "0.9", why: "a share of each" },
    { more: { fixed: "0.3" }, amounts: ["10", "0"], charge: "0.9", why: "a fixed part of each, of nought as well" },
    { more: { minimum: "0.5" }, amounts: ["10", "100"], charge: "3.5", why: "each costs the minimum at least" },
    { more: { maximum: "1" }, amounts: ["10", "100"], charge: "1.3", why: "each costs the maximum at most" },
    { more: { fixed: "1", maximum: "1.2" }, amounts: ["10"], charge: "1.2", why: "with its fixed part" },
    { more: { fixed: "1", freeUnits: "1" }, amounts: ["5", "10"], charge: "1.3", why: "the first is free whole" },
    { more: { fixed: "1", freeUnits: "0" }, amounts: ["5"], charge: "1.15", why: "none is free" },
    {
      more: { fixed: "1", freeAmount: "8" },
      amounts: ["5", "10"],
      charge: "1.21",
      why: "a part of the second is free",
    },
    {
      more: { fixed: "1", freeAmount: "5" },
      amounts: ["5", "0"],
      charge: "1",
      why: "the allowance ends with the first",
    },
    { more: { freeAmount: "8", freeUnits: "1" }, amounts: ["5", "10"], charge: "0.3", why: "both must be left" },
    {
      more: { freeAmount: "8", freeUnits: "9" },
      amounts: ["5", "10"],
      charge: "0.21",
      why: "the first to end ends it",
    },
    { more: { fixed: "1" }, amounts: ["10", "-10"], charge: "0", why: "a refund takes the fee back" },
    { more: { fixed: "1", freeAmount: "8" }, amounts: ["5", "-5"], charge: "0", why: "but none that was free" },
    { more: { freeAmount: "8" }, amounts: ["5", "-5", "5"], charge: "0.06", why: "a refund frees no allowance" },
    {
      more: { discount: "0.5", minimum: "1" },
      amounts: ["1"],
      charge: "0.5",
      why: "a discount comes after the limits",
    },
    { more: { periodMaximum: "2" }, amounts: ["50", "50"], charge: "2", why: "the period has a cap" },
    { more: { rate: "0.000000000001" }, amounts: ["0.4", "0.4"], charge: "0", why: "each transaction rounds once" },
  ])("charges $charge for $amounts with $more: $why", ({ more, amounts, charge }) => {
    const price = priceOf(more);
    expect(formatPicos(chargedFor(price, after(price, amounts)))).toBe(charge);
  });

  test("never charges less for one transaction more, wherever it comes", () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 6 });
    const terms = fc.record(
      {
        fixed: fc.constantFrom("0.3"),
        freeUnits: fc.constantFrom("1", "3"),
        freeAmount: fc.constantFrom("10", "33.5"),
        minimum: fc.constantFrom("0.2", "0.5"),
        maximum: fc.constantFrom("0.6"),
        periodMaximum: fc.constantFrom("1.5"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(amounts, fc.nat(6), fc.integer({ min: 0, max: 30 }), terms, (all, at, more, body) => {
        const price = priceOf(body);
        const charge = (list: readonly string[]): Picos => chargedFor(price, after(price, list));
        expect(charge(all.toSpliced(at, 0, String(more))) >= charge(all)).toBe(true);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  test("costs what is said without an allowance, once it is used up", () => {
    const price = priceOf({ fixed: "1", freeUnits: "2", freeAmount: "8", minimum: "1.1" });
    const used = [after(price, ["1", "1"]), after(price, ["8"])];
    for (const so of used) {
      expect(allowanceLeft(price, so)).toBe(false);
      for (const amount of ["5", "-5", "0"].map(decimal))
        expect(addTransaction(price, so, amount).charged - so.charged).toBe(feeWithoutAllowance(price, amount));
    }
    expect(allowanceLeft(price, after(price, ["7"]))).toBe(true);
    expect(allowanceLeft(priceOf({}), noTransactions)).toBe(false);
  });
});
