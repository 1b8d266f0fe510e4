import { err, ok, type Result } from "./result.ts";
import { divideRounded, type Rounding } from "./rounding.ts";

/**
 * An exact decimal: `digits / 10^scale`, with no trailing zero in `digits` while `scale > 0`.
 *
 * Units: none of its own; a quantity, a price, a rate.
 */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Text is not a plain or scientific decimal number. */
export interface NotADecimal {
  readonly code: "not_a_decimal";
}

/** A number has more than 30 digits when written out in full. */
export interface DecimalOutOfRange {
  readonly code: "decimal_out_of_range";
}

/** How many digits a decimal may have when written out in full, the zero before the point counted. */
export const maxDigits = 30;

/** The number nought. */
export const zero: Decimal = { digits: 0n, scale: 0 };

/** The number one. */
export const one: Decimal = { digits: 1n, scale: 0 };

const grammar = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * Reads a decimal exactly; `1e3`, `1000` and `1000.0` are one value, and `-0` is `0`.
 *
 * Errors: `not_a_decimal` (NaN, infinities, hexadecimal, blanks, leading plus), `decimal_out_of_range` past 30 digits.
 */
export function parseDecimal(text: string): Result<Decimal, NotADecimal | DecimalOutOfRange> {
  const match = text.length > 100 ? null : grammar.exec(text);
  if (match === null)
    return err({ code: text.length > 100 && grammar.test(text) ? "decimal_out_of_range" : "not_a_decimal" });
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (exponent.length > 4) return err({ code: "decimal_out_of_range" });
  const value = normalise(BigInt(sign + whole + fraction), fraction.length - Number(exponent));
  return value === undefined ? err({ code: "decimal_out_of_range" }) : ok(value);
}

/** A decimal known to be valid. Errors: throws on any other text. */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (!parsed.ok) throw new Error(`not a decimal: ${parsed.error.code}`);
  return parsed.value;
}

/** The decimal of an integer. */
export function decimalOf(integer: bigint | number): Decimal {
  return { digits: BigInt(integer), scale: 0 };
}

function normalise(digits: bigint, scale: number): Decimal | undefined {
  if (digits === 0n) return zero;
  if (scale < -maxDigits || scale > 10 * maxDigits) return undefined;
  const value = scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : trim(digits, scale);
  const written = (value.digits < 0n ? -value.digits : value.digits).toString().length;
  return Math.max(written, value.scale + 1) > maxDigits ? undefined : value;
}

function trim(digits: bigint, scale: number): Decimal {
  let [d, s] = [digits, scale];
  while (s > 0 && d % 10n === 0n) [d, s] = [d / 10n, s - 1];
  return { digits: d, scale: s };
}

/** Writes a decimal in plain form, never with an exponent. */
export function formatDecimal({ digits, scale }: Decimal): string {
  if (scale === 0) return digits.toString();
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  return `${digits < 0n ? "-" : ""}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

/** The digits of a value at a scale no smaller than its own. */
export function digitsAt(value: Decimal, scale: number): bigint {
  return scale === value.scale ? value.digits : value.digits * 10n ** BigInt(scale - value.scale);
}

/** a + b, exactly. */
export function add(a: Decimal, b: Decimal): Decimal {
  if (a.scale === 0 && b.scale === 0) return { digits: a.digits + b.digits, scale: 0 };
  const scale = Math.max(a.scale, b.scale);
  return trim(digitsAt(a, scale) + digitsAt(b, scale), scale);
}

/** −a. */
export function negate(a: Decimal): Decimal {
  return { digits: -a.digits, scale: a.scale };
}

/** a − b, exactly. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

/** a × b, exactly. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return trim(a.digits * b.digits, a.scale + b.scale);
}

/** a ÷ b, rounded once to `scale` decimals in the named way. Errors: throws on division by zero. */
export function divide(a: Decimal, b: Decimal, { scale, rounding }: { scale: number; rounding: Rounding }): Decimal {
  const numerator = a.digits * 10n ** BigInt(scale + b.scale);
  const denominator = b.digits * 10n ** BigInt(a.scale);
  return trim(divideRounded(numerator, denominator, rounding), scale);
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [digitsAt(a, scale), digitsAt(b, scale)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Whether the value is nought. */
export function isZero(a: Decimal): boolean {
  return a.digits === 0n;
}

/** Reads back what `formatDecimal` wrote, of any length. Errors: throws on other text. */
export function readDecimal(text: string): Decimal {
  const point = text.indexOf(".");
  if (point < 0) return { digits: BigInt(text), scale: 0 };
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}
