const moneyFields = new Set(["amount", "fee", "ours", "theirs", "ourFees", "theirFees"]);

/** Writes a value as JSON, amounts as text in picos. */
export function toMoneyJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner));
}

/** Reads what `toMoneyJson` wrote: the fields of amounts become bigints again. */
export function fromMoneyJson<T>(text: string): T {
  const revive: (name: string, inner: string) => unknown = (name, inner) =>
    moneyFields.has(name) && typeof inner === "string" ? BigInt(inner) : inner;
  const parsed: T = JSON.parse(text, revive);
  return parsed;
}
