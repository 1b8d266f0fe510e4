import { add, type Decimal, formatDecimal, readDecimal, zero } from "@farthing/money";
import type { Aggregation } from "./aggregation.ts";

/** The exact sum of the events' values. */
export const sum: Aggregation<Decimal> = {
  needsValue: true,
  empty: zero,
  add: (state, quantity) => {
    if (typeof quantity !== "number") return add(state, quantity);
    if (state.scale === 0) return { digits: state.digits + BigInt(quantity), scale: 0 };
    return add(state, { digits: BigInt(quantity), scale: 0 });
  },
  merge: add,
  value: (state) => state,
  encode: formatDecimal,
  decode: readDecimal,
};
