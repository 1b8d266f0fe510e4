import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divideRounded, type Rounding } from "./rounding.ts";

const modes: readonly Rounding[] = ["half-even", "up", "down", "floor"];

describe("divideRounded", () => {
  test.for<[n: bigint, d: bigint, halfEven: bigint, up: bigint, down: bigint, floor: bigint, why: string]>([
    [0n, 7n, 0n, 0n, 0n, 0n, "nought stays nought"],
    [14n, 7n, 2n, 2n, 2n, 2n, "what divides is exact in every way"],
    [-14n, 7n, -2n, -2n, -2n, -2n, "also below nought"],
    [4n, 10n, 0n, 1n, 0n, 0n, "below the half"],
    [5n, 10n, 0n, 1n, 0n, 0n, "a tie goes to the even neighbour, nought"],
    [6n, 10n, 1n, 1n, 0n, 0n, "above the half"],
    [15n, 10n, 2n, 2n, 1n, 1n, "a tie goes to the even neighbour above"],
    [25n, 10n, 2n, 3n, 2n, 2n, "a tie goes to the even neighbour below"],
    [-4n, 10n, 0n, -1n, 0n, -1n, "nearer to nought"],
    [-5n, 10n, 0n, -1n, 0n, -1n, "a tie below nought"],
    [-6n, 10n, -1n, -1n, 0n, -1n, "further from nought"],
    [-15n, 10n, -2n, -2n, -1n, -2n, "a tie to the even neighbour below"],
    [-25n, 10n, -2n, -3n, -2n, -3n, "a tie to the even neighbour above"],
    [5n, -10n, 0n, -1n, 0n, -1n, "the sign of the divisor counts as well"],
    [15n, -10n, -2n, -2n, -1n, -2n, "and in ties"],
    [-5n, -10n, 0n, 1n, 0n, 0n, "two signs cancel"],
    [1n, 3n, 0n, 1n, 0n, 0n, "an odd divisor has no ties"],
    [2n, 3n, 1n, 1n, 0n, 0n, "an odd divisor, past the half"],
    [10n ** 40n + 5n, 10n, 10n ** 39n, 10n ** 39n + 1n, 10n ** 39n, 10n ** 39n, "past 2^63"],
  ])("%i ÷ %i is %i half to even, %i up, %i down, %i floored: %s", ([n, d, ...results]) => {
    expect(modes.map((rounding) => divideRounded(n, d, rounding))).toEqual(results.slice(0, 4));
  });

  test.for(modes)("throws on division by nought (%s)", (rounding) => {
    expect(() => divideRounded(1n, 0n, rounding)).toThrow(RangeError);
  });

  const numbers = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  const divisors = fc.oneof(numbers, fc.constantFrom(1n, 2n, 10n, -2n, 10n ** 12n)).filter((d) => d !== 0n);
  const size = (value: bigint) => (value < 0n ? -value : value);

  test("is never a whole unit off, and lies on the named side", () => {
    fc.assert(
      fc.property(numbers, divisors, (n, d) => {
        const off = (rounding: Rounding) => divideRounded(n, d, rounding) * d - n;
        for (const rounding of modes) expect(size(off(rounding)) < size(d)).toBe(true);
        expect(size(divideRounded(n, d, "up")) * size(d) >= size(n)).toBe(true);
        expect(size(divideRounded(n, d, "down")) * size(d) <= size(n)).toBe(true);
        expect(d > 0n ? off("floor") <= 0n : off("floor") >= 0n).toBe(true);
        expect(2n * size(off("half-even")) <= size(d)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  test("takes ties to the even neighbour, whatever the signs", () => {
    fc.assert(
      fc.property(numbers, divisors, (whole, half) => {
        const rounded = divideRounded((2n * whole + 1n) * half, 2n * half, "half-even");
        expect(rounded % 2n).toBe(0n);
        expect(size(2n * rounded - (2n * whole + 1n))).toBe(1n);
      }),
      { seed: 2 },
    );
  });
});
