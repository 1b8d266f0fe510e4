import { add, type Decimal, formatDecimal, readDecimal, zero } from "@farthing/money";
import type { Aggregation } from "./aggregation.ts";
import { quotient } from "./exact.ts";
import { addQuantity } from "./sum.ts";

interface Average {
  readonly sum: Decimal;
  readonly count: number;
}

/** The exact sum of the events' values by their number, divided once; none without events. */
export const average: Aggregation<Average> = {
  needs: "number",
  carries: false,
  empty: () => ({ sum: zero, count: 0 }),
  add: ({ sum, count }, { quantity }) => ({ sum: addQuantity(sum, quantity), count: count + 1 }),
  merge: (a, b) => ({ sum: add(a.sum, b.sum), count: a.count + b.count }),
  value: ({ sum, count }) => (count === 0 ? null : quotient(sum, count)),
  encode: ({ sum, count }) => `${formatDecimal(sum)}/${count}`,
  decode: (text) => {
    const [sum = "0", count = "0"] = text.split("/");
    return { sum: readDecimal(sum), count: Number(count) };
  },
};
