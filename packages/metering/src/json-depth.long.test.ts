import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deeperThan } from "./json-depth.ts";

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe("deeperThan", () => {
  test.for([
    { text: "1", limit: 0, deeper: false },
    { text: "[]", limit: 0, deeper: true },
    { text: "[[]]", limit: 2, deeper: false },
    { text: "[[[]]]", limit: 2, deeper: true },
    { text: '[{"a":[]}]', limit: 2, deeper: true },
    { text: "[[],[],[],[]]", limit: 2, deeper: false },
    { text: '["[[[[", "{{{{"]', limit: 1, deeper: false },
    { text: '["\\"[[[["]', limit: 1, deeper: false },
    { text: '["\\\\",[[]]]', limit: 2, deeper: true },
    { text: '["\\\\\\"[[["]', limit: 1, deeper: false },
  ])("$text nests more than $limit: $deeper", ({ text, limit, deeper }) => {
    expect(deeperThan(text, limit)).toBe(deeper);
  });

  test("agrees with the parsed value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), fc.nat(6), (value, limit) => {
        expect(deeperThan(JSON.stringify(value), limit)).toBe(depthOf(value) > limit);
      }),
    );
  });

  test("is done with ten million levels at the limit", () => {
    expect(deeperThan("[".repeat(10_000_000), 64)).toBe(true);
  });
});
