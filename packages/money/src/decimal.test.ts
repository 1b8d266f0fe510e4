import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  compare,
  type Decimal,
  decimal,
  decimalOf,
  digitsAt,
  divide,
  formatDecimal,
  isZero,
  maxDigits,
  multiply,
  negate,
  one,
  parseDecimal,
  readDecimal,
  subtract,
  zero,
} from "./decimal.ts";
import { ok } from "./result.ts";
import type { Rounding } from "./rounding.ts";

const nines = "9".repeat(maxDigits);

describe("parseDecimal", () => {
  test.for([
    { text: "0", plain: "0", why: "nought" },
    { text: "-0", plain: "0", why: "nought has no sign" },
    { text: "0.000", plain: "0", why: "nought has no decimals" },
    { text: "0e99", plain: "0", why: "nought is never out of range" },
    { text: "42", plain: "42", why: "an integer" },
    { text: "-42.50", plain: "-42.5", why: "a zero at the end says nothing" },
    { text: "007", plain: "7", why: "nor do zeros before" },
    { text: "1e3", plain: "1000", why: "an exponent" },
    { text: "1000.0", plain: "1000", why: "the same value" },
    { text: "1E+3", plain: "1000", why: "a plus before the exponent" },
    { text: "12.5e-3", plain: "0.0125", why: "a negative exponent" },
    { text: nines, plain: nines, why: `${maxDigits} digits` },
    { text: `-${nines}`, plain: `-${nines}`, why: "the sign is no digit" },
    { text: `${nines}.000`, plain: nines, why: "zeros behind the point are not written out" },
    { text: "1e29", plain: `1${"0".repeat(29)}`, why: "30 digits written out" },
    { text: "1e-29", plain: `0.${"0".repeat(28)}1`, why: "30 digits, the zero before the point counted" },
    { text: `0.${"9".repeat(29)}`, plain: `0.${"9".repeat(29)}`, why: "29 decimals" },
    { text: `1.${"0".repeat(98)}`, plain: "1", why: "100 characters are looked at" },
  ])("reads $text as $plain: $why", ({ text, plain }) => {
    const parsed = parseDecimal(text);
    expect(parsed.ok && formatDecimal(parsed.value)).toBe(plain);
  });

  test.for([
    { text: "", why: "nothing" },
    { text: " 1", why: "a blank before" },
    { text: "1 ", why: "a blank behind" },
    { text: "1\n", why: "a line break behind" },
    { text: "+1", why: "a plus" },
    { text: "--1", why: "two signs" },
    { text: ".5", why: "no digit before the point" },
    { text: "5.", why: "no digit behind the point" },
    { text: "1,5", why: "a comma" },
    { text: "1_000", why: "a separator" },
    { text: "0x10", why: "hexadecimal" },
    { text: "1e", why: "no exponent" },
    { text: "1e1.5", why: "a broken exponent" },
    { text: "NaN", why: "no number" },
    { text: "Infinity", why: "no end" },
    { text: "-Infinity", why: "no beginning" },
    { text: "−1", why: "a minus that is no hyphen" },
    { text: "٣", why: "a digit of another script" },
    { text: `x${"1".repeat(100)}`, why: "long, and no number" },
  ])("refuses $text as no decimal: $why", ({ text }) => {
    expect(parseDecimal(text)).toEqual({ ok: false, error: { code: "not_a_decimal" } });
  });

  test.for([
    { text: `1${"0".repeat(maxDigits)}`, why: "31 digits" },
    { text: "1e30", why: "31 digits written out" },
    { text: "-1e30", why: "also below nought" },
    { text: "1e400", why: "past a double" },
    { text: "1e9999", why: "far past it" },
    { text: "1e-30", why: "31 digits, the zero before the point counted" },
    { text: "1e-400", why: "far below" },
    { text: `1.${"1".repeat(30)}`, why: "30 decimals" },
    { text: "1e99999", why: "an exponent of five digits" },
    { text: `${"1".repeat(101)}`, why: "more characters than are looked at" },
  ])("refuses $text as out of range: $why", ({ text }) => {
    expect(parseDecimal(text)).toEqual({ ok: false, error: { code: "decimal_out_of_range" } });
  });

  test("decimal throws what parseDecimal refuses", () => {
    expect(() => decimal("1e30")).toThrow("decimal_out_of_range");
    expect(() => decimal("a")).toThrow("not_a_decimal");
  });
});

/** A value as a fraction: the slow, plain arithmetic that decimals are held against. */
interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

const fraction = ({ digits, scale }: Decimal): Fraction => ({ n: digits, d: 10n ** BigInt(scale) });
const same = (a: Fraction, b: Fraction) => a.n * b.d === b.n * a.d;
const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });

const decimals: fc.Arbitrary<Decimal> = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 14 }))
  .map(([digits, scale]) => decimal(`${digits}e-${scale}`));
const isReduced = ({ digits, scale }: Decimal) => scale >= 0 && (scale === 0 || digits % 10n !== 0n);
const options = { numRuns: 100, seed: 3 };

describe("decimals", () => {
  test("add, subtract and multiply as fractions do, in their one form", () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        expect(same(fraction(add(a, b)), plus(fraction(a), fraction(b)))).toBe(true);
        expect(same(fraction(subtract(a, b)), plus(fraction(a), fraction(negate(b))))).toBe(true);
        expect(same(fraction(multiply(a, b)), times(fraction(a), fraction(b)))).toBe(true);
        for (const value of [add(a, b), subtract(a, b), multiply(a, b)]) expect(isReduced(value)).toBe(true);
      }),
      options,
    );
  });

  test.for<Rounding>(["half-even", "up", "down", "floor"])("divide to within one last digit, %s", (rounding) => {
    fc.assert(
      fc.property(
        decimals,
        decimals.filter((b) => !isZero(b)),
        fc.integer({ min: 0, max: 15 }),
        (a, b, scale) => {
          const quotient = divide(a, b, { scale, rounding });
          const off = plus(times(fraction(quotient), fraction(b)), fraction(negate(a)));
          const size = (value: bigint) => (value < 0n ? -value : value);
          // |quotient × b − a| < |b| / 10^scale
          expect(size(off.n) * 10n ** BigInt(scale) * fraction(b).d < size(fraction(b).n) * off.d || off.n === 0n).toBe(
            true,
          );
          expect(quotient.scale <= scale && isReduced(quotient)).toBe(true);
        },
      ),
      options,
    );
  });

  test("compare as their differences do, and equal values are one form", () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const { digits } = subtract(a, b);
        expect(Math.sign(compare(a, b))).toBe(digits < 0n ? -1 : digits > 0n ? 1 : 0);
        expect(compare(a, b) === 0).toBe(formatDecimal(a) === formatDecimal(b));
        expect(isZero(subtract(a, a))).toBe(true);
      }),
      options,
    );
  });

  test("are read back from what they are written as", () => {
    fc.assert(
      fc.property(decimals, (value) => {
        expect(parseDecimal(formatDecimal(value))).toEqual(ok(value));
        expect(readDecimal(formatDecimal(value))).toEqual(value);
        expect(formatDecimal(value)).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      }),
      options,
    );
  });

  test("are sums of any length that are read back", () => {
    const long = { digits: -(10n ** 60n) - 7n, scale: 40 };
    expect(readDecimal(formatDecimal(long))).toEqual(long);
    expect(() => readDecimal("1.x")).toThrow();
  });

  test("show their digits at any larger scale", () => {
    expect([digitsAt(decimal("1.5"), 1), digitsAt(decimal("1.5"), 3), digitsAt(zero, 2)]).toEqual([15n, 1500n, 0n]);
    expect([decimalOf(7), decimalOf(-7n), one]).toEqual([decimal("7"), decimal("-7"), decimal("1")]);
  });
});
