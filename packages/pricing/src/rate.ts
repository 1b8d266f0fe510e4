import {
  type Decimal,
  multiply,
  negate,
  one,
  type Picos,
  picosFrom,
  roundToPicos,
  subtract,
  zero,
} from "@farthing/money";
import { type CapacityPrice, capacity } from "./capacity.ts";
import { convertQuantity } from "./convert.ts";
import { type DynamicPrice, dynamic } from "./dynamic.ts";
import { type GraduatedPrice, graduated } from "./graduated.ts";
import { type GraduatedPercentagePrice, graduatedPercentage } from "./graduated-percentage.ts";
import type { Model } from "./model.ts";
import { type PackagePrice, packaged } from "./package.ts";
import { type PerUnitPrice, perUnit } from "./per-unit.ts";
import { ratioOf, roundRatio } from "./ratio.ts";
import { type VolumePrice, volume } from "./volume.ts";

/** A price that rates a period's quantity, whatever events it is made of. */
export type QuantityPrice =
  | PerUnitPrice
  | GraduatedPrice
  | VolumePrice
  | PackagePrice
  | CapacityPrice
  | GraduatedPercentagePrice
  | DynamicPrice;

type PriceOf<Name extends QuantityPrice["model"]> = Extract<QuantityPrice, { readonly model: Name }>;

const models: { readonly [Name in QuantityPrice["model"]]: Model<PriceOf<Name>> } = {
  per_unit: perUnit,
  graduated,
  volume,
  package: packaged,
  capacity,
  graduated_percentage: graduatedPercentage,
  dynamic,
};

/**
 * Prices a period's quantity by the price's own model: conversion, free units, the model, the discount, one rounding, the maximum.
 *
 * A quantity below nought takes back what the same quantity above nought would add to the charge for no usage.
 * Units: metered units in, picos out. Exact, or rounded once, half to even.
 * Source: docs/pricing.md, "Conversion, allowance, discount, limits".
 */
export function rate(price: QuantityPrice, quantity: Decimal): Picos {
  if (quantity.digits >= 0n) return rateFromNought(price, quantity);
  const base = rateFromNought(price, zero);
  return picosFrom(2n * base - rateFromNought(price, negate(quantity)));
}

function rateFromNought(price: QuantityPrice, quantity: Decimal): Picos {
  const { convert, freeUnits = zero, discount = zero, maximum } = price;
  // The table pairs each name with the model of its prices, which an index by a union cannot express.
  const model = models[price.model] as Model<QuantityPrice>;
  const rated = subtract(convertQuantity(quantity, convert), freeUnits);
  const { of, per } = rated.digits > 0n ? model.amount(price, rated) : ratioOf(model.atZero(price));
  const due = roundRatio({ of: multiply(of, subtract(one, discount)), per });
  const most = maximum === undefined ? undefined : roundToPicos(maximum, "half-even");
  return most !== undefined && due > most ? most : due;
}
