import { type Decimal, divideRounded, type Picos, picosFrom } from "@farthing/money";
import * as v from "valibot";
import { PositiveText, PriceText } from "./decimal-text.ts";
import { Group } from "./group.ts";
import { KeyText, type Model } from "./model.ts";

/** So much a unit of a meter, or so much for `per` units. */
export const PerUnitPrice = v.strictObject({
  key: v.exactOptional(KeyText),
  model: v.literal("per_unit"),
  meter: KeyText,
  unitPrice: PriceText,
  per: v.exactOptional(PositiveText),
  group: v.exactOptional(Group),
});

/** So much a unit of a meter, or so much for `per` units. */
export type PerUnitPrice = Readonly<v.InferOutput<typeof PerUnitPrice>>;

const picoDecimals = 12;
const single: Decimal = { digits: 1n, scale: 0 };

/**
 * Prices a quantity at `unitPrice` for each `per` units: unitPrice × quantity ÷ per.
 *
 * Units: metered units in, picos out. Exact where the amount has at most 12 decimals; else the total, and nothing before
 * it, rounds half to even. A negative quantity is a credit of the same size.
 * Source: docs/pricing.md, "Per unit".
 */
export function ratePerUnit(
  quantity: Decimal,
  { unitPrice, per = single }: Pick<PerUnitPrice, "unitPrice" | "per">,
): Picos {
  const numerator = unitPrice.digits * quantity.digits * 10n ** BigInt(picoDecimals + per.scale);
  const denominator = per.digits * 10n ** BigInt(unitPrice.scale + quantity.scale);
  return picosFrom(divideRounded(numerator, denominator, "half-even"));
}

/** The model `per_unit`. */
export const perUnit: Model<PerUnitPrice> = { rate: (price, quantity) => ratePerUnit(quantity, price) };
