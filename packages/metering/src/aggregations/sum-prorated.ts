import { add, type Decimal, decimalOf, formatDecimal, multiply, readDecimal, zero } from "@farthing/money";
import type { Aggregation, Valuing } from "./aggregation.ts";
import { exactOf, quotient } from "./exact.ts";
import { dayIndex, windowDays } from "./window-days.ts";

/** Sums by the quarter of an hour: in every zone days begin at one. */
type Quarters = Map<number, Decimal>;

const quarterMs = 15 * 60_000;

/**
 * The sum of values, each by the share of the window's days from its own on: a value of the first day counts whole, one of
 * the last day of 31 by 1/31. What lies before the window counts for all of its days.
 *
 * Source: docs/metering.md, "Prorated".
 */
export const sumProrated: Aggregation<Quarters> = {
  needs: "number",
  carries: true,
  empty: () => new Map(),
  add: (state, { quantity, time }) => addTo(state, Math.floor(time / quarterMs), exactOf(quantity)),
  merge: (a, b) => {
    for (const [quarter, quantity] of b) addTo(a, quarter, quantity);
    return a;
  },
  value: proratedValue,
  encode: (state) =>
    [...state]
      .sort(([a], [b]) => a - b)
      .map(([quarter, quantity]) => `${quarter}:${formatDecimal(quantity)}`)
      .join(),
  decode: (text) => {
    const entries = text === "" ? [] : text.split(",").map((entry) => entry.split(":"));
    return new Map(entries.map(([quarter = "0", quantity = "0"]) => [Number(quarter), readDecimal(quantity)]));
  },
};

function addTo(state: Quarters, quarter: number, quantity: Decimal): Quarters {
  return state.set(quarter, add(state.get(quarter) ?? zero, quantity));
}

function proratedValue(state: Quarters, { window, before }: Valuing<Quarters>): Decimal {
  const days = windowDays(window);
  const weigh = (quantity: Decimal, count: number) => multiply(quantity, decimalOf(count));
  const carried = [...before.values()].reduce(add, zero);
  let total = weigh(carried, days.starts.length);
  for (const [quarter, quantity] of state) {
    // A window may begin inside a quarter of an hour.
    const day = Math.max(0, dayIndex(days, quarter * quarterMs));
    total = add(total, weigh(quantity, days.starts.length - day));
  }
  return quotient(total, days.whole);
}
