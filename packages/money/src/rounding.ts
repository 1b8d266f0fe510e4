/** The ways in which a division may round. */
export type Rounding = "half-even" | "up" | "down" | "floor";

/**
 * n ÷ d as an integer, rounded in the named way: `half-even` to the nearest (ties to the even neighbour), `up` away from
 * zero, `down` towards zero, `floor` towards minus infinity.
 *
 * Errors: throws on division by zero.
 */
export function divideRounded(n: bigint, d: bigint, rounding: Rounding): bigint {
  const quotient = n / d;
  const remainder = n % d;
  if (remainder === 0n) return quotient;
  const away = n < 0n === d < 0n ? 1n : -1n;
  if (rounding === "down") return quotient;
  if (rounding === "up") return quotient + away;
  if (rounding === "floor") return away < 0n ? quotient - 1n : quotient;
  const twice = abs(remainder) * 2n;
  const whole = abs(d);
  if (twice > whole || (twice === whole && quotient % 2n !== 0n)) return quotient + away;
  return quotient;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
