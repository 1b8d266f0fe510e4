import { grouped } from "./decimal.ts";

/** An amount in the three parts that a reader sees: sign and units, the currency's own decimals, and what lies below. */
export interface MoneyParts {
  readonly units: string;
  readonly minor: string;
  readonly below: string;
}

/** The decimals a currency is written with; padding only, so a currency that is not known costs nothing but zeros. */
export function minorDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Splits an exact amount for display; it pads to the currency's decimals and never drops a digit. */
export function moneyParts(value: string, currency: string): MoneyParts {
  const digits = minorDigits(currency);
  const [units = "", fraction = ""] = grouped(value).split(".");
  const padded = fraction.padEnd(digits, "0");
  return { units, minor: padded.slice(0, digits), below: padded.slice(digits) };
}

/** Writes an exact amount in one line of text, as in "1,234.0004 USD". */
export function moneyText(value: string, currency: string): string {
  const { units, minor, below } = moneyParts(value, currency);
  return `${units}${minor + below === "" ? "" : `.${minor}${below}`} ${currency}`;
}
