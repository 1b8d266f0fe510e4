import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { largestRemainder } from "./allocation.ts";
import { currency } from "./currency.ts";
import { formatPicos, minorUnit, type Picos, picos, picosFrom, roundToMinor, sum } from "./picos.ts";

const usd = currency("USD");
const cent = minorUnit(usd);
const shared = (parts: readonly string[], total: string) =>
  largestRemainder(parts.map(picos), picos(total), cent).map(formatPicos);

describe("largestRemainder", () => {
  test.for([
    { parts: [], total: "0", shares: [], why: "nothing to share" },
    { parts: ["1.5"], total: "1.5", shares: ["1.5"], why: "whole units stay" },
    {
      parts: ["0.336", "0.335", "0.329"],
      total: "1",
      shares: ["0.34", "0.33", "0.33"],
      why: "to the largest remainder",
    },
    { parts: ["0.333", "0.333", "0.334"], total: "1", shares: ["0.33", "0.33", "0.34"], why: "wherever it stands" },
    { parts: ["0.005", "0.005"], total: "0.01", shares: ["0.01", "0"], why: "of equal remainders the first" },
    {
      parts: ["-0.006", "0.016"],
      total: "0.01",
      shares: ["-0.01", "0.02"],
      why: "below nought the floor is further away",
    },
    { parts: ["1", "1"], total: "2.04", shares: ["1.02", "1.02"], why: "a larger total is handed out in rounds" },
    { parts: ["1", "1"], total: "1.97", shares: ["0.99", "0.98"], why: "and a smaller one taken back" },
    { parts: ["0", "0", "0"], total: "0.02", shares: ["0.01", "0.01", "0"], why: "also to parts of nothing" },
  ])("shares $total among $parts as $shares: $why", ({ parts, total, shares }) => {
    expect(shared(parts, total)).toEqual(shares);
  });

  const parts = fc.array(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }).map(picosFrom), {
    minLength: 1,
    maxLength: 9,
  });
  const size = (value: bigint) => (value < 0n ? -value : value);
  const options = { numRuns: 200, seed: 5 };

  test("gives whole units that add up to the total, whatever the parts", () => {
    fc.assert(
      fc.property(parts, fc.bigInt({ min: -(10n ** 5n), max: 10n ** 5n }), (all, units) => {
        const total = (units * cent) as Picos;
        const shares = largestRemainder(all, total, cent);
        expect(sum(shares)).toBe(total);
        expect(shares.every((share) => share % cent === 0n)).toBe(true);
      }),
      options,
    );
  });

  test("puts no share a whole unit from its part where the total is the parts' sum, rounded", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const shares = largestRemainder(all, roundToMinor(sum(all), usd), cent);
        shares.forEach((share, index) => {
          expect(size(share - (all[index] ?? 0n)) < cent).toBe(true);
        });
      }),
      options,
    );
  });
});
