import { type Decimal, divideRounded, one, type Picos, picosFrom } from "@farthing/money";

/** An exact quotient: what an amount is before it rounds. Units: major units. */
export interface Ratio {
  readonly of: Decimal;
  readonly per: Decimal;
}

/** A decimal as a quotient. */
export function ratioOf(of: Decimal, per: Decimal = one): Ratio {
  return { of, per };
}

const picoDecimals = 12;

/** Rounds a quotient to picos, once, half to even. */
export function roundRatio({ of, per }: Ratio): Picos {
  const numerator = of.digits * 10n ** BigInt(picoDecimals + per.scale);
  const denominator = per.digits * 10n ** BigInt(of.scale);
  return picosFrom(divideRounded(numerator, denominator, "half-even"));
}
