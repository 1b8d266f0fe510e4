import type { Brand } from "./brand.ts";
import { type CurrencyCode, minorDigits } from "./currency.ts";
import { type Decimal, type DecimalOutOfRange, formatDecimal, type NotADecimal, parseDecimal } from "./decimal.ts";
import { err, ok, type Result } from "./result.ts";
import { divideRounded, type Rounding } from "./rounding.ts";

/** An amount of money. Units: 10⁻¹² of the currency's major unit. */
export type Picos = Brand<bigint, "Picos">;

/** An amount has more than twelve digits behind the point. */
export interface AmountTooFine {
  readonly code: "amount_too_fine";
}

const picosPerMajorDigits = 12;

/** No money. */
export const noMoney = 0n as Picos;

/** Takes a count of picos as an amount. */
export function picosFrom(count: bigint): Picos {
  return count as Picos;
}

/** Turns a decimal of major units into picos. Errors: `amount_too_fine` past 12 decimals. */
export function picosOf(amount: Decimal): Result<Picos, AmountTooFine> {
  if (amount.scale > picosPerMajorDigits) return err({ code: "amount_too_fine" });
  return ok((amount.digits * 10n ** BigInt(picosPerMajorDigits - amount.scale)) as Picos);
}

/** Reads an amount of major units. Errors: those of a decimal, and `amount_too_fine`. */
export function parsePicos(text: string): Result<Picos, NotADecimal | DecimalOutOfRange | AmountTooFine> {
  const parsed = parseDecimal(text);
  return parsed.ok ? picosOf(parsed.value) : parsed;
}

/** An amount known to be valid, in major units. Errors: throws on any other text. */
export function picos(text: string): Picos {
  const parsed = parsePicos(text);
  if (!parsed.ok) throw new Error(`not an amount: ${parsed.error.code}`);
  return parsed.value;
}

/** Rounds a decimal of major units to picos, in the named way. */
export function roundToPicos(amount: Decimal, rounding: Rounding): Picos {
  if (amount.scale <= picosPerMajorDigits)
    return (amount.digits * 10n ** BigInt(picosPerMajorDigits - amount.scale)) as Picos;
  return divideRounded(amount.digits, 10n ** BigInt(amount.scale - picosPerMajorDigits), rounding) as Picos;
}

/** Writes an amount in major units, without needless zeros: "0.0004". */
export function formatPicos(amount: Picos): string {
  let [digits, scale] = [amount as bigint, picosPerMajorDigits];
  while (scale > 0 && digits % 10n === 0n) [digits, scale] = [digits / 10n, scale - 1];
  return formatDecimal({ digits, scale });
}

/** Writes an amount in major units with the currency's own number of decimals at least: "4.20", "0.0004". */
export function formatMoney(amount: Picos, currency: CurrencyCode): string {
  const plain = formatPicos(amount);
  const [whole = "0", fraction = ""] = plain.split(".");
  const digits = minorDigits(currency);
  return digits === 0 && fraction === "" ? whole : `${whole}.${fraction.padEnd(digits, "0")}`;
}

/** Adds amounts of one currency. */
export function sum(amounts: Iterable<Picos>): Picos {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total as Picos;
}

/** a − b. */
export function minus(a: Picos, b: Picos): Picos {
  return (a - b) as Picos;
}

/** The smaller of two amounts. */
export function least(a: Picos, b: Picos): Picos {
  if (a < b) return a;
  return b;
}

/** The size of the currency's minor unit. Units: picos. */
export function minorUnit(currency: CurrencyCode): Picos {
  return (10n ** BigInt(picosPerMajorDigits - minorDigits(currency))) as Picos;
}

/** Rounds an amount to whole minor units of its currency, half to even. Source: ISO 4217 for the digits. */
export function roundToMinor(amount: Picos, currency: CurrencyCode): Picos {
  const unit = minorUnit(currency);
  return (divideRounded(amount, unit, "half-even") * unit) as Picos;
}
