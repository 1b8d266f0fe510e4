import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCompact } from "./event-compact.ts";

const compact = (text: string) => isCompact(text, JSON.parse(text));

describe("isCompact", () => {
  test.for([
    "[]",
    "{}",
    '{"a":[]}',
    '[{"a":1,"b":[1.5,-2,true,false,null,"x"]},{}]',
    '["é😀"]',
    "[123456789012345]",
    "[1000]",
  ])("%s is", (text) => {
    expect(compact(text)).toBe(true);
  });

  test.for([
    "[1, 2]",
    " [1]",
    '{"a" :1}',
    '{"a":1,"a":1}',
    '{"a":1,"a":22,"b":3}',
    '["\\u0041"]',
    '["\\n"]',
    '["\\/"]',
    "[1.0]",
    "[1e3]",
    '[1e5,"1",  1]',
    "[-0]",
    "[0.10]",
    "[1234567890123456]",
    "[0.123456789012345]",
    `${"[".repeat(50)}${"]".repeat(50)}`,
  ])("%s is not", (text) => {
    expect(compact(text)).toBe(false);
  });

  test("holds exactly where the text is what JSON.stringify writes, for text that needs no escapes or exponents", () => {
    const blank = fc.constantFrom("", " ", "\n");
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), blank, (value, space) => {
        const text = JSON.stringify(value, null, space);
        if (compact(text)) expect(text).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { seed: 6 },
    );
  });
});
