import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TextPool } from "./text-pool.ts";

describe("TextPool", () => {
  test("keeps each text once, under the number of its first use", () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: "grapheme", maxLength: 60 }), fc.constantFrom("", "a", "ab")), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(texts, (all) => {
        const pool = new TextPool();
        const first = [...new Set(all)];
        const bytes = all.map((text) => Buffer.from(`<${text}>`));
        expect(bytes.map((one) => pool.add(one, 1, one.length - 1))).toEqual(all.map((text) => first.indexOf(text)));
        expect(pool.table().all()).toEqual(first);
        expect(pool.count).toBe(first.length);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test("grows past any number of texts", () => {
    const pool = new TextPool();
    const texts = Array.from({ length: 5_000 }, (_, i) => Buffer.from(`text ${i}`));
    for (const round of [0, 1]) {
      const found = texts.map((text) => pool.add(text, 0, text.length));
      expect(found, `round ${round}`).toEqual(texts.map((_, i) => i));
    }
  });
});
