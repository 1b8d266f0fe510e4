import { type Decimal, idPattern, type Picos } from "@farthing/money";
import * as v from "valibot";

/** A name that becomes part of a store's key. */
export const KeyText = v.pipe(
  v.string(),
  v.regex(idPattern, "A key has 1 to 128 letters of A-Z, a-z, 0-9 and _ . : @ -"),
);

/** A price of a plan, with the key that it was given or got. */
export type Keyed<Price> = Price & { readonly key: string };

/**
 * One way to price: how a quantity becomes an amount.
 *
 * Units: the quantity as metered (periods, where the price has no meter), picos out. A rate is exact, or rounds once, on
 * its total, half to even.
 */
export interface Model<Price> {
  rate(price: Price, quantity: Decimal): Picos;
}
