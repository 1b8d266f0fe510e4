import { add, type Decimal, formatDecimal, readDecimal, zero } from "@farthing/money";
import type { Aggregation } from "./aggregation.ts";

/** The exact sum of the events' values. */
export const sum: Aggregation<Decimal> = {
  needs: "number",
  carries: false,
  empty: () => zero,
  add: (state, { quantity }) => addQuantity(state, quantity),
  merge: add,
  value: (state) => state,
  encode: formatDecimal,
  decode: readDecimal,
};

/** Adds an event's quantity to a sum; whole numbers, which most are, without a decimal in between. */
export function addQuantity(state: Decimal, quantity: number | Decimal): Decimal {
  if (typeof quantity !== "number") return add(state, quantity);
  if (state.scale === 0) return { digits: state.digits + BigInt(quantity), scale: 0 };
  return add(state, { digits: BigInt(quantity), scale: 0 });
}
