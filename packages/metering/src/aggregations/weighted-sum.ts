import { add, type Decimal, decimalOf, formatDecimal, multiply, readDecimal, subtract, zero } from "@farthing/money";
import type { Aggregation, Valuing } from "./aggregation.ts";
import { exactOf, quotient } from "./exact.ts";
import { addQuantity } from "./sum.ts";

/** Units: `moments` in units × milliseconds since 1970. */
interface Weighted {
  readonly sum: Decimal;
  readonly moments: Decimal;
}

/**
 * The level that events raise and lower, weighted by how long it held: unit-seconds by the seconds of the window, divided
 * once. An event's value is a change of the level, from its time on; the level before the window is carried into it.
 *
 * The level's integral over a window that ends at `to` is Σ value × (to − time), so the sums of value and of value × time
 * are all that a state needs. Source: docs/metering.md, "Weighted sums".
 */
export const weightedSum: Aggregation<Weighted> = {
  needs: "number",
  carries: true,
  empty: () => ({ sum: zero, moments: zero }),
  add: ({ sum, moments }, { quantity, time }) => ({
    sum: addQuantity(sum, quantity),
    moments: add(moments, multiply(exactOf(quantity), decimalOf(time))),
  }),
  merge: (a, b) => ({ sum: add(a.sum, b.sum), moments: add(a.moments, b.moments) }),
  value: weightedValue,
  encode: ({ sum, moments }) => `${formatDecimal(sum)}@${formatDecimal(moments)}`,
  decode: (text) => {
    const [sum = "0", moments = "0"] = text.split("@");
    return { sum: readDecimal(sum), moments: readDecimal(moments) };
  },
};

function weightedValue({ sum, moments }: Weighted, { window, before }: Valuing<Weighted>): Decimal {
  const { from, to, whole } = window;
  const inside = subtract(multiply(sum, decimalOf(to)), moments);
  const carried = multiply(before.sum, decimalOf(to - from));
  return quotient(add(inside, carried), whole.to - whole.from);
}
