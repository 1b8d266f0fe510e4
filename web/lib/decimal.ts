/** A decimal in plain notation, as the API writes quantities and amounts: "-12.0004". */
type DecimalText = `${number}`;

/** Tells whether a text is a decimal in plain notation. */
export function isDecimal(text: string): text is DecimalText {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** Counts the digits after the point. */
export function fractionDigits(text: string): number {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}

/**
 * Adds decimals exactly; no binary floating point takes part.
 *
 * Units: those of the parts. Texts that are not decimals count as zero, since a total must not fail for one bad row.
 */
export function sum(parts: readonly string[]): string {
  const decimals = parts.filter(isDecimal);
  const scale = Math.max(0, ...decimals.map(fractionDigits));
  return withPoint(
    decimals.reduce((total, part) => total + scaled(part, scale), 0n),
    scale,
  );
}

/** Compares two decimals exactly: below zero when the first is smaller. */
export function compare(left: string, right: string): number {
  const scale = Math.max(fractionDigits(left), fractionDigits(right));
  const difference = scaled(left, scale) - scaled(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Tells whether a decimal is zero, however many digits spell it. */
export function isZero(text: string): boolean {
  return /^-?0+(\.0+)?$/.test(text);
}

/** Writes a decimal for people: groups of three, a true minus sign, every digit kept. */
export function grouped(text: string): string {
  const negative = text.startsWith("-");
  const [whole = "", fraction] = text.replace("-", "").split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${negative ? "\u2212" : ""}${groups}${fraction === undefined ? "" : `.${fraction}`}`;
}

function scaled(text: string, scale: number): bigint {
  return isDecimal(text) ? BigInt(text.replace(".", "") + "0".repeat(scale - fractionDigits(text))) : 0n;
}

function withPoint(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
