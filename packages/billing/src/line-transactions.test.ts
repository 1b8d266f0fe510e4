import { type Decimal, decimal, formatPicos, picosFrom } from "@farthing/money";
import { addTransaction, chargedFor, noTransactions, type PercentagePrice } from "@farthing/pricing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineTransactions } from "./line-transactions.ts";
import { TransactionRun } from "./transaction-run.ts";

const price = (more: Partial<PercentagePrice>): PercentagePrice => ({
  meter: "m",
  model: "percentage",
  rate: decimal("0.1"),
  fixed: decimal("0.01"),
  ...more,
});
const prices = [
  price({}),
  price({ freeUnits: decimal("2") }),
  price({ freeAmount: decimal("5") }),
  price({ freeUnits: decimal("3"), freeAmount: decimal("4"), minimum: decimal("0.12"), maximum: decimal("0.25") }),
  price({ freeUnits: decimal("2"), periodMaximum: decimal("0.5") }),
];

/** What transactions come to, each added to those before it. */
function charged(of: PercentagePrice, amounts: readonly Decimal[]) {
  return chargedFor(
    of,
    amounts.reduce((so, amount) => addTransaction(of, so, amount), noTransactions),
  );
}

const amounts = fc.constantFrom("-2", "0", "0.5", "1", "3", "10").map(decimal);
const entries = fc.array(fc.record({ amount: amounts, isIn: fc.boolean() }), { minLength: 1, maxLength: 12 });

describe("LineTransactions", () => {
  test("comes to what all that are in come to in order, whichever come and go", () => {
    fc.assert(
      fc.property(fc.constantFrom(...prices), entries, fc.array(fc.nat(11), { maxLength: 25 }), (of, all, changes) => {
        const line = new LineTransactions(of);
        const isIn = all.map((entry) => entry.isIn);
        for (const [index, { amount, isIn: was }] of all.entries()) line.lay(`${index}`, amount, was);
        const total = () =>
          charged(
            of,
            all.filter((_, index) => isIn[index]).map(({ amount }) => amount),
          );
        for (const change of changes) {
          const index = change % all.length;
          const before = total();
          isIn[index] = !isIn[index];
          const grown = line.change(`${index}`, isIn[index] ? "add" : "void");
          expect(formatPicos(grown)).toBe(formatPicos(picosFrom(total() - before)));
        }
      }),
      { numRuns: 500 },
    );
  });

  test("refuses one that was not laid out", () => {
    expect(() => new LineTransactions(price({})).change("0", "add")).toThrow("does not hold");
  });
});

describe("TransactionRun", () => {
  test("comes to the same, also where it is read back after each", () => {
    fc.assert(
      fc.property(fc.constantFrom(...prices), fc.array(amounts, { maxLength: 12 }), (of, all) => {
        let run = new TransactionRun(of);
        for (const [index, amount] of all.entries()) {
          const grown = run.add(amount);
          const so = picosFrom(charged(of, all.slice(0, index + 1)) - charged(of, all.slice(0, index)));
          expect(formatPicos(grown)).toBe(formatPicos(so));
          run = TransactionRun.read(of, run.text);
        }
      }),
    );
  });
});
