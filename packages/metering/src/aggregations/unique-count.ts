import { decimalOf } from "@farthing/money";
import type { Aggregation } from "./aggregation.ts";
import { hashLength, valueHash } from "./value-hash.ts";

/** How many different values the events have; values are compared as they are written: 1 and "1" are one. */
export const uniqueCount: Aggregation<Set<string>> = {
  needs: "text",
  carries: false,
  empty: () => new Set(),
  add: (state, { text }) => state.add(valueHash(text)),
  merge: (a, b) => {
    for (const hash of b) a.add(hash);
    return a;
  },
  value: (state) => decimalOf(state.size),
  encode: (state) => [...state].sort().join(""),
  decode: (text) => {
    const state = new Set<string>();
    for (let at = 0; at < text.length; at += hashLength) state.add(text.slice(at, at + hashLength));
    return state;
  },
};
