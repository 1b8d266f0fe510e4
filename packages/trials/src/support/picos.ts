/**
 * Reads a decimal of at most 12 places into 10^−12 units, by its digits.
 *
 * It is no part of the product on purpose: what the product adds up is held against it.
 */
export function picosOf(text: string): bigint {
  const [, sign, whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  if (whole === "") throw new Error(`${text} is no decimal of at most 12 places`);
  const digits = BigInt(whole + fraction.padEnd(12, "0"));
  return sign === "-" ? -digits : digits;
}

/** Adds decimals up, exactly. */
export function sumOf(texts: Iterable<string>): bigint {
  let sum = 0n;
  for (const text of texts) sum += picosOf(text);
  return sum;
}

/** Rounds half to even, to whole cents. */
export function roundedToCents(picos: bigint): bigint {
  const cent = 10_000_000_000n;
  const [down, rest] = [picos / cent, picos % cent];
  const isUp = rest * 2n > cent || (rest * 2n === cent && down % 2n === 1n);
  return (isUp ? down + 1n : down) * cent;
}
