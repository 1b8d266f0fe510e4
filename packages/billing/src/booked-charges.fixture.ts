import type { Seal } from "./seal.ts";

/** A charge as a bookkeeper has it: what all seals together came to. Units: picos. */
export interface Booked {
  readonly name: string;
  readonly subscription: string | null;
  readonly price: string;
  readonly meter: string | undefined;
  readonly currency: string;
  readonly from: number;
  readonly to: number;
  exact: bigint;
  units: bigint;
}

/** n ÷ d to the nearest integer, ties to even, for d above nought: by trying the neighbours. */
export const nearest = (n: bigint, d: bigint) => {
  let low = n / d;
  if (low * d > n) low -= 1n;
  const twice = 2n * (n - low * d);
  if (twice === d) return low % 2n === 0n ? low : low + 1n;
  return twice < d ? low : low + 1n;
};
export const at12 = ({ digits, scale }: { digits: bigint; scale: number }) => digits * 10n ** BigInt(12 - scale);
export const bump = (map: Map<string, bigint>, key: string, by: bigint) => map.set(key, (map.get(key) ?? 0n) + by);

/** The lesser of two. */
export function lesser(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

/** Adds up the charges of seals: their lines but those of coupons, grants and taxes. */
export function booked(seals: readonly Seal[]): readonly Booked[] {
  const all = new Map<string, Booked>();
  for (const { key, meter, exact, quantity, kind } of seals.flatMap(({ invoices }) =>
    invoices.flatMap(({ lines }) => lines),
  )) {
    if (kind === "discount" || kind === "credit" || kind === "tax") continue;
    const { subscription, price, periodFrom: from, periodTo: to, meterRevision, currency } = key;
    const name = JSON.stringify([subscription, price, from, to, meterRevision, currency]);
    const one = all.get(name) ?? { name, subscription, price, meter, currency, from, to, exact: 0n, units: 0n };
    one.exact += exact;
    one.units += quantity === undefined ? 0n : at12(quantity);
    all.set(name, one);
  }
  return [...all.values()];
}
