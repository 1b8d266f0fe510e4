import { type Decimal, formatDecimal, parseDecimal } from "@farthing/money";
import { ExactNumber } from "../exact-number.ts";

/** A decimal whose digits fit a double exactly: `value / 10^scale`. */
export interface Scaled {
  readonly value: number;
  readonly scale: number;
}

/** Every whole number below it is written with at most 15 digits, which a double carries there and back. */
const fifteenDigits = 1e15;

const powers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * The shortest decimal that reads as this double, as long as it has at most 15 digits and 15 decimals.
 *
 * Dividing two exact doubles rounds once, so equality means that this decimal is the one the double stands for.
 */
export function scaledOf(value: number): Scaled | undefined {
  for (let scale = 0; scale < powers.length; scale++) {
    const power = powers[scale] ?? 1;
    const digits = Math.round(value * power);
    if (Math.abs(digits) >= fifteenDigits) return undefined;
    if (digits / power === value) return { value: digits + 0, scale };
  }
  return undefined;
}

/** The decimal that a number of `data` stands for. Errors: throws on what no event may hold: NaN, infinities, 31 digits. */
export function decimalOfNumber(value: number | ExactNumber): Decimal {
  if (typeof value !== "number") return value;
  const parsed = parseDecimal(String(value));
  if (!parsed.ok) throw new Error(`a number that no event may hold: ${parsed.error.code}`);
  return parsed.value;
}

/** The one form in which `data` holds a decimal: a double up to 15 significant digits, else an exact number. */
export function numberOf(value: Decimal): number | ExactNumber {
  const digits = (value.digits < 0n ? -value.digits : value.digits).toString().replace(/0+$/, "");
  return digits.length <= 15 ? Number(formatDecimal(value)) : new ExactNumber(value);
}

/** As `numberOf`, for digits that a double holds. */
export function numberOfScaled(value: number, scale: number): number | ExactNumber {
  if (Math.abs(value) >= fifteenDigits) return numberOf(trimmed(value, scale));
  return scale === 0 ? value : value / (powers[scale] ?? 1);
}

/** The same decimal with no nought at the end of its digits. */
export function trimmed(value: number, scale: number): Decimal {
  let [digits, left] = [value, scale];
  while (left > 0 && digits % 10 === 0) [digits, left] = [digits / 10, left - 1];
  return { digits: BigInt(digits), scale: left };
}
