/** An exact number: `top / bottom`, with `bottom` above nought. It shares nothing with the product's decimals. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** The number nought. */
export const nought: Fraction = { top: 0n, bottom: 1n };

/** The number one. */
export const single: Fraction = { top: 1n, bottom: 1n };

/** Reads a plain decimal text; undefined on anything else. */
export function fractionOf(text: string): Fraction | undefined {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (found === null) return undefined;
  const [, sign = "", whole = "", part = ""] = found;
  return { top: BigInt(`${sign}${whole}${part}`), bottom: 10n ** BigInt(part.length) };
}

/** Reads a plain decimal text that the test itself wrote, or the product answered. Errors: throws on anything else. */
export function readFraction(text: string): Fraction {
  const value = fractionOf(text);
  if (value === undefined) throw new Error(`${text} is no plain decimal`);
  return value;
}

/** a + b. */
export function plus(a: Fraction, b: Fraction): Fraction {
  // Decimals stay decimals, or their bottoms would grow with every sum.
  if (a.bottom % b.bottom === 0n) return { top: a.top + b.top * (a.bottom / b.bottom), bottom: a.bottom };
  if (b.bottom % a.bottom === 0n) return { top: a.top * (b.bottom / a.bottom) + b.top, bottom: b.bottom };
  return { top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom };
}

/** a − b. */
export function less(a: Fraction, b: Fraction): Fraction {
  return plus(a, { top: -b.top, bottom: b.bottom });
}

/** a × b. */
export function times(a: Fraction, b: Fraction): Fraction {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

/** a ÷ b. Errors: throws where b is nought. */
export function over(a: Fraction, b: Fraction): Fraction {
  if (b.top === 0n) throw new Error("nothing is divided by nought");
  const sign = b.top < 0n ? -1n : 1n;
  return { top: a.top * b.bottom * sign, bottom: a.bottom * b.top * sign };
}

/** Negative, nought or positive as a is less than, equal to or greater than b. */
export function compared(a: Fraction, b: Fraction): number {
  const [left, right] = [a.top * b.bottom, b.top * a.bottom];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The whole number nearest to a, of two as near the even one. */
export function halfEven({ top, bottom }: Fraction): bigint {
  const floor = top >= 0n ? top / bottom : -((-top + bottom - 1n) / bottom);
  const twice = 2n * (top - floor * bottom);
  if (twice > bottom || (twice === bottom && floor % 2n !== 0n)) return floor + 1n;
  return floor;
}

/** The sum of a list. */
export function total(all: readonly Fraction[]): Fraction {
  return all.reduce(plus, nought);
}

/** A number for people to read: exact where it ends, else a fraction. */
export function textOf({ top, bottom }: Fraction): string {
  for (let [scale, power] = [0, 1n]; scale <= 80; [scale, power] = [scale + 1, power * 10n]) {
    if ((top * power) % bottom !== 0n) continue;
    const digits = (top * power) / bottom;
    const plain = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
    const at = plain.length - scale;
    return `${digits < 0n ? "-" : ""}${plain.slice(0, at)}${scale === 0 ? "" : `.${plain.slice(at)}`}`;
  }
  return `${top}/${bottom}`;
}
