import type { Decimal } from "@farthing/money";

/**
 * A way to fold events into one value: a monoid of states, so that any order and any batching of the same events comes to
 * the same state.
 *
 * `encode` and `decode` turn a state into text and back; `value` is what people see, `null` where there is none.
 */
export interface Aggregation<State> {
  readonly needsValue: boolean;
  readonly empty: State;
  add(state: State, quantity: number | Decimal): State;
  merge(a: State, b: State): State;
  value(state: State): Decimal | null;
  encode(state: State): string;
  decode(text: string): State;
}
