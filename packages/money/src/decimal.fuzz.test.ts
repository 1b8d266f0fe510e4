import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCharacter } from "./any-character.fixture.ts";
import { formatDecimal, maxDigits, parseDecimal } from "./decimal.ts";

const nearly = fc.stringMatching(/^[-+]?[0-9]{0,35}[.,]?[0-9]{0,35}([eE][-+]?[0-9]{0,5})?$/);
const texts = fc.oneof(fc.string(), fc.string({ unit: anyCharacter }), nearly, fc.double().map(String));

describe("parseDecimal, given anything", () => {
  test("refuses with a code, or reads a number of at most 30 digits that is written and read back as itself", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseDecimal(text);
        if (!parsed.ok) {
          expect(["not_a_decimal", "decimal_out_of_range"]).toContain(parsed.error.code);
          return;
        }
        const plain = formatDecimal(parsed.value);
        expect(plain.replaceAll(/\D/g, "").length).toBeLessThanOrEqual(maxDigits);
        expect(parseDecimal(plain)).toEqual(parsed);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  test("reads every double as JSON writes it, or says that it is out of range", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const parsed = parseDecimal(String(value));
        if (parsed.ok) expect(Number(formatDecimal(parsed.value))).toBe(value === 0 ? 0 : value);
        else expect(parsed.error.code).toBe("decimal_out_of_range");
      }),
      { numRuns: 5000, seed: 2 },
    );
  });
});
