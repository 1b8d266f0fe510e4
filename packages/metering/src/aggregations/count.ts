import { decimalOf } from "@farthing/money";
import type { Aggregation } from "./aggregation.ts";

/** How many events there are. */
export const count: Aggregation<number> = {
  needs: "nothing",
  carries: false,
  empty: () => 0,
  add: (state) => state + 1,
  merge: (a, b) => a + b,
  value: (state) => decimalOf(state),
  encode: (state) => String(state),
  decode: (text) => Number(text),
};
