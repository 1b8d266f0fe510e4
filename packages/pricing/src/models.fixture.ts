import { decimal, formatPicos } from "@farthing/money";
import * as v from "valibot";
import { PriceBody, partsOf, rate } from "./index.ts";

/** A price as a plan takes it. */
export function priceOf(body: object): PriceBody {
  return v.parse(PriceBody, { meter: "m", ...body });
}

/** What a quantity comes to under a price that rates quantities. */
export function charged(body: object, quantity: string): string {
  const price = priceOf(body);
  if (price.model === "flat" || price.model === "percentage" || price.model === "matrix")
    throw new Error(`${price.model} rates no quantity`);
  return formatPicos(rate(price, decimal(quantity)));
}

/** What each part of a price comes to for usage by group values. */
export function chargedByPart(
  body: object,
  usage: readonly { readonly values: Readonly<Record<string, string>>; readonly quantity: string }[],
): Readonly<Record<string, string>> {
  const price = priceOf(body);
  if (price.model === "flat") throw new Error("a flat price has no usage");
  const parts = partsOf({ ...price, key: "k" });
  const entries = parts.map((part) => {
    const own = usage.filter(({ values }) => part.takes(values));
    if (part.price.model === "percentage") throw new Error("a percentage rates no quantity");
    const quantity = own.reduce((sum, one) => sum + Number(one.quantity), 0);
    return [part.key, formatPicos(rate(part.price, decimal(String(quantity))))] as const;
  });
  return Object.fromEntries(entries);
}
