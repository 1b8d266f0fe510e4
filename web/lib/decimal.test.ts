import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare, fractionDigits, grouped, isDecimal, isZero, sum } from "./decimal.ts";

describe("isDecimal", () => {
  test.for([
    ["0", true],
    ["-12.0004", true],
    ["000000000000000000000000000001.5", true],
    ["", false],
    ["1.", false],
    [".5", false],
    ["1e3", false],
    ["NaN", false],
    ["+1", false],
  ] as const)("%s: %s", ([text, expected]) => {
    expect(isDecimal(text)).toBe(expected);
  });
});

describe("sum", () => {
  test.for([
    { parts: [], total: "0", why: "nothing was added" },
    { parts: ["0.1", "0.2"], total: "0.3", why: "binary floating point would say 0.30000000000000004" },
    { parts: ["1.50", "-1.5"], total: "0", why: "trailing zeros carry no meaning" },
    { parts: ["-0.4", "0.1"], total: "-0.3", why: "the sign stays when the whole part is zero" },
    { parts: ["9007199254740993", "0.000000000001"], total: "9007199254740993.000000000001", why: "past 2^53" },
    { parts: ["1", "oops"], total: "1", why: "what is not a decimal counts as zero" },
  ])("$total: $why", ({ parts, total }) => {
    expect(sum(parts)).toBe(total);
  });

  test("does not depend on the order of its parts", () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat({ max: 12 }))
      .map(([units, zeros]) => `${units}.${"0".repeat(zeros)}7`);
    fc.assert(
      fc.property(fc.array(decimal), (parts) => {
        expect(sum(parts)).toBe(sum([...parts].reverse()));
      }),
    );
  });
});

test.for([
  ["1", "1.0", 0],
  ["-1", "1", -1],
  ["0.0000000000011", "0.000000000001", 1],
] as const)("compare(%s, %s) is %s", ([left, right, expected]) => {
  expect(compare(left, right)).toBe(expected);
});

test.for([
  ["0", true],
  ["-0.000", true],
  ["0.0001", false],
] as const)("isZero(%s) is %s", ([text, expected]) => {
  expect(isZero(text)).toBe(expected);
});

test.for([
  ["999", "999"],
  ["1000", "1,000"],
  ["-1234567.0004", "−1,234,567.0004"],
  ["0.000001", "0.000001"],
] as const)("grouped(%s) is %s", ([text, expected]) => {
  expect(grouped(text)).toBe(expected);
});

test("fractionDigits counts what follows the point", () => {
  expect([fractionDigits("12"), fractionDigits("12.30")]).toEqual([0, 2]);
});
