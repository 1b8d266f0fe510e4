import { compare, type Decimal, formatDecimal, readDecimal } from "@farthing/money";
import type { Aggregation } from "./aggregation.ts";
import { exactOf } from "./exact.ts";

interface Latest {
  readonly time: number;
  readonly id: string;
  readonly quantity: Decimal;
}

/**
 * The value of the event that is last by (time, id); of two sources that used one id at one time, the larger value.
 * None without events.
 */
export const latest: Aggregation<Latest | null> = {
  needs: "number",
  carries: false,
  empty: () => null,
  add: (state, sample) => {
    if (state !== null && state.time > sample.time) return state;
    return later(state, { time: sample.time, id: sample.id, quantity: exactOf(sample.quantity) });
  },
  merge: later,
  value: (state) => state?.quantity ?? null,
  encode: (state) => (state === null ? "" : JSON.stringify([state.time, state.id, formatDecimal(state.quantity)])),
  decode: (text) => {
    if (text === "") return null;
    const [time, id, quantity]: [number, string, string] = JSON.parse(text);
    return { time, id, quantity: readDecimal(quantity) };
  },
};

function later(a: Latest | null, b: Latest | null): Latest | null {
  if (a === null || b === null) return a ?? b;
  if (a.time !== b.time) return a.time > b.time ? a : b;
  if (a.id !== b.id) return a.id > b.id ? a : b;
  return compare(a.quantity, b.quantity) >= 0 ? a : b;
}
