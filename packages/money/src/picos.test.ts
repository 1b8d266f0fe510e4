import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currency } from "./currency.ts";
import { decimal } from "./decimal.ts";
import {
  formatMoney,
  formatPicos,
  minorUnit,
  minus,
  noMoney,
  parsePicos,
  picos,
  picosFrom,
  picosOf,
  roundToMinor,
  roundToPicos,
  sum,
} from "./picos.ts";
import { ok } from "./result.ts";

const amounts = fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n }).map(picosFrom);
const options = { numRuns: 100, seed: 4 };

describe("picos", () => {
  test.for([
    { text: "0", count: 0n, why: "no money" },
    { text: "1", count: 10n ** 12n, why: "a major unit" },
    { text: "-0.0004", count: -400_000_000n, why: "a fraction of a cent" },
    { text: "0.000000000001", count: 1n, why: "twelve decimals" },
    { text: "1e-12", count: 1n, why: "the same" },
    { text: "12345678901234567.89", count: 12_345_678_901_234_567_890_000_000_000n, why: "past 2^63" },
  ])("read $text: $why", ({ text, count }) => {
    expect(parsePicos(text)).toEqual(ok(count));
  });

  test.for([
    { text: "0.0000000000001", code: "amount_too_fine", why: "thirteen decimals" },
    { text: "1e30", code: "decimal_out_of_range", why: "31 digits" },
    { text: "1.0.0", code: "not_a_decimal", why: "two points" },
  ])("refuse $text as $code: $why", ({ text, code }) => {
    expect(parsePicos(text)).toEqual({ ok: false, error: { code } });
    expect(() => picos(text)).toThrow(code);
  });

  test.for([
    { amount: "1.0000000000005", halfEven: "1", up: "1.000000000001" },
    { amount: "1.0000000000015", halfEven: "1.000000000002", up: "1.000000000002" },
    { amount: "-1.0000000000005", halfEven: "-1", up: "-1.000000000001" },
    { amount: "1.5", halfEven: "1.5", up: "1.5" },
  ])("of $amount are $halfEven half to even and $up up", ({ amount, halfEven, up }) => {
    expect(formatPicos(roundToPicos(decimal(amount), "half-even"))).toBe(halfEven);
    expect(formatPicos(roundToPicos(decimal(amount), "up"))).toBe(up);
  });

  test("are read back from what they are written as, without needless zeros", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parsePicos(formatPicos(amount))).toEqual(ok(amount));
        expect(formatPicos(amount)).not.toMatch(/\.\d*0$|^-0$/);
        expect(picosOf(decimal(formatPicos(amount)))).toEqual(ok(amount));
      }),
      options,
    );
  });

  test("add up exactly, in any order", () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 8 }), (all) => {
        expect(sum(all.toReversed())).toBe(sum(all));
        expect(minus(sum([...all, picosFrom(7n)]), sum(all))).toBe(7n);
      }),
      options,
    );
    expect(sum([])).toBe(noMoney);
  });
});

describe("money in a currency", () => {
  test.for([
    { amount: "4.2", code: "USD", text: "4.20" },
    { amount: "-4.2", code: "USD", text: "-4.20" },
    { amount: "0", code: "USD", text: "0.00" },
    { amount: "0.0004", code: "USD", text: "0.0004" },
    { amount: "12", code: "JPY", text: "12" },
    { amount: "12.5", code: "JPY", text: "12.5" },
    { amount: "1.5", code: "KWD", text: "1.500" },
    { amount: "1.5", code: "CLF", text: "1.5000" },
  ])("$amount $code is written $text", ({ amount, code, text }) => {
    expect(formatMoney(picos(amount), currency(code))).toBe(text);
  });

  test.for([
    { amount: "0.005", code: "USD", rounded: "0" },
    { amount: "0.015", code: "USD", rounded: "0.02" },
    { amount: "-0.015", code: "USD", rounded: "-0.02" },
    { amount: "0.005000000001", code: "USD", rounded: "0.01" },
    { amount: "0.5", code: "JPY", rounded: "0" },
    { amount: "1.5", code: "JPY", rounded: "2" },
    { amount: "0.0005", code: "KWD", rounded: "0" },
    { amount: "0.00015", code: "UYW", rounded: "0.0002" },
  ])("$amount $code rounds to $rounded", ({ amount, code, rounded }) => {
    expect(formatPicos(roundToMinor(picos(amount), currency(code)))).toBe(rounded);
  });

  test("rounds to whole minor units, at most half a unit off, and rounding again changes nothing", () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom("JPY", "USD", "KWD", "CLF").map(currency), (amount, code) => {
        const rounded = roundToMinor(amount, code);
        const off = rounded - amount;
        expect(rounded % minorUnit(code)).toBe(0n);
        expect((off < 0n ? -off : off) * 2n <= minorUnit(code)).toBe(true);
        expect(roundToMinor(rounded, code)).toBe(rounded);
      }),
      options,
    );
  });
});
