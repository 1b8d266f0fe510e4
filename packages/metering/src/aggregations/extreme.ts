import { type Decimal, formatDecimal, readDecimal } from "@farthing/money";
import type { Aggregation } from "./aggregation.ts";
import { exactOf } from "./exact.ts";

/** The value that beats all others; none without events. */
export function extreme(beats: (a: Decimal, b: Decimal) => boolean): Aggregation<Decimal | null> {
  const better = (a: Decimal | null, b: Decimal | null) => (a === null || (b !== null && beats(b, a)) ? b : a);
  return {
    needs: "number",
    carries: false,
    empty: () => null,
    add: (state, { quantity }) => better(state, exactOf(quantity)),
    merge: better,
    value: (state) => state,
    encode: (state) => (state === null ? "" : formatDecimal(state)),
    decode: (text) => (text === "" ? null : readDecimal(text)),
  };
}
