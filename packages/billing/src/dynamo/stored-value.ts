import { type Decimal, type Picos, picosFrom } from "@farthing/money";

/** A value as JSON holds it: integers without bound are text. */
export type Stored<T> = T extends bigint
  ? string
  : T extends string | number | boolean | null
    ? T
    : { readonly [K in keyof T]: Stored<T[K]> };

/** Reads an amount. */
export function picosOf(text: string): Picos {
  return picosFrom(BigInt(text));
}

/** Reads a decimal. Not the parser of `money`: what was added up may have more digits than a number from outside. */
export function decimalOf({ digits, scale }: Stored<Decimal>): Decimal {
  return { digits: BigInt(digits), scale };
}
