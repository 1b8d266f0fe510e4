import { type Decimal, idPattern } from "@farthing/money";
import * as v from "valibot";
import type { Ratio } from "./ratio.ts";

/** A name that becomes part of a store's key. */
export const KeyText = v.pipe(
  v.string(),
  v.regex(idPattern, "A key has 1 to 128 letters of A-Z, a-z, 0-9 and _ . : @ -"),
);

/** A price of a plan, with the key that it was given or got. */
export type Keyed<Price> = Price & { readonly key: string };

/**
 * One way to price a period's usage: how a quantity becomes an amount.
 *
 * Units: metered units in, an exact quotient of major units out. Nothing rounds here.
 */
export interface Model<Price> {
  /** What a quantity above nought costs. */
  amount(price: Price, quantity: Decimal): Ratio;
  /** What no usage at all costs. */
  atZero(price: Price): Decimal;
}
