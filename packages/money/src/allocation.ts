import type { Picos } from "./picos.ts";
import { divideRounded } from "./rounding.ts";

/**
 * Rounds parts to whole units so that they add up to `total`: each is floored, and the units left over go to the
 * largest remainders, ties to the earlier part.
 *
 * Units: picos throughout; `total` is a multiple of `unit`. Where the parts differ from the total by more than one unit a
 * part (a carry came in), the difference is handed out one unit at a time, round after round, in the same order.
 * Source: Hamilton's method of apportionment.
 */
export function largestRemainder(parts: readonly Picos[], total: Picos, unit: Picos): Picos[] {
  if (parts.length === 0) return [];
  const floors = parts.map((part) => divideRounded(part, unit, "floor"));
  const remainders = parts.map((part, index) => part - (floors[index] ?? 0n) * unit);
  const left = total / unit - floors.reduce((a, b) => a + b, 0n);
  const order = [...parts.keys()].sort((a, b) => sign((remainders[b] ?? 0n) - (remainders[a] ?? 0n)) || a - b);
  const count = BigInt(parts.length);
  const each = divideRounded(left, count, "floor");
  const extra = left - each * count;
  const rank = new Map(order.map((part, position) => [part, BigInt(position)]));
  return floors.map((floor, index) => ((floor + each + ((rank.get(index) ?? 0n) < extra ? 1n : 0n)) * unit) as Picos);
}

function sign(value: bigint): number {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}
