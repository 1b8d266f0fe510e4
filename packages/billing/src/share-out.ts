import { type Picos, picosFrom, sum } from "@farthing/money";

/**
 * Shares an amount out by weights, exactly: each share is floored, and the picos left over go one each to the largest
 * remainders, of equal ones to the first. No share is more than its weight where the amount is no more than their sum.
 *
 * Units: picos; neither the amount nor a weight is below nought.
 */
export function shareOut(amount: Picos, weights: readonly Picos[]): readonly Picos[] {
  const whole = sum(weights);
  if (whole === 0n) return weights;
  const floors = weights.map((weight) => (amount * weight) / whole);
  const remainders = weights.map((weight) => (amount * weight) % whole);
  const left = amount - floors.reduce((a, b) => a + b, 0n);
  const order = [...weights.keys()].sort((a, b) => compare(remainders[b], remainders[a]) || a - b);
  const rank = new Map(order.map((part, position) => [part, BigInt(position)]));
  return floors.map((floor, index) => picosFrom(floor + ((rank.get(index) ?? left) < left ? 1n : 0n)));
}

function compare(a = 0n, b = 0n): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
