const decimals = 12;

/** Reads a plain decimal text as a whole number of 10^−12, by string alone. */
export function picosOfText(text: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text);
  if (found === null) throw new Error(`${text} is no plain decimal`);
  const [, sign = "", whole = "0", fraction = ""] = found;
  const digits = BigInt(whole + fraction.padEnd(decimals, "0"));
  return sign === "-" ? -digits : digits;
}

/** A value as text in which every part stands in one order. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "bigint") return `${part}n`;
    if (part === Number.NEGATIVE_INFINITY) return "-infinity";
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
