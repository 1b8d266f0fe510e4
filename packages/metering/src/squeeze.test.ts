import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { squeeze, unsqueeze } from "./squeeze.ts";

describe("squeezed text", () => {
  test("comes back as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 2000 }), (text) => {
        expect(unsqueeze(squeeze(text))).toBe(text);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test("is never read damaged", () => {
    const blob = squeeze(JSON.stringify({ lines: Array.from({ length: 50 }, (_, i) => ({ i })) }));
    fc.assert(
      fc.property(fc.nat(blob.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const read = () => unsqueeze(blob.map((byte, index) => (index === at ? byte ^ flip : byte)));
        let text: string | undefined;
        try {
          text = read();
        } catch {
          return;
        }
        expect(text).toBe(unsqueeze(blob));
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});
