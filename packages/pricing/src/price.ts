import type { Decimal, Picos } from "@farthing/money";
import * as v from "valibot";
import { FlatPrice, flat } from "./flat.ts";
import type { Keyed, Model } from "./model.ts";
import { PerUnitPrice, perUnit } from "./per-unit.ts";

/** A price as a plan's author writes it. */
export const PriceBody = v.variant("model", [PerUnitPrice, FlatPrice]);

/** A price as a plan's author writes it. */
export type PriceBody = PerUnitPrice | FlatPrice;

/** A price of a plan; `model` tells how it rates. */
export type Price = Keyed<PriceBody>;

/** A price on the usage of a meter. */
export type MeteredPrice = Extract<Price, { readonly meter: string }>;

/** The name of a way to price. */
export type ModelName = PriceBody["model"];

type PriceOf<Name extends ModelName> = Extract<PriceBody, { readonly model: Name }>;

const models: { readonly [Name in ModelName]: Model<PriceOf<Name>> } = { per_unit: perUnit, flat };

/**
 * Prices a quantity by the price's own model.
 *
 * Units: the quantity as metered (periods, for a price without a meter), picos out.
 */
export function rate(price: PriceBody, quantity: Decimal): Picos {
  // The table pairs each name with the model of its prices, which an index by a union cannot express.
  const model = models[price.model] as Model<PriceBody>;
  return model.rate(price, quantity);
}

/** Whether a price is on the usage of a meter. */
export function isMetered(price: Price): price is MeteredPrice {
  return "meter" in price;
}
