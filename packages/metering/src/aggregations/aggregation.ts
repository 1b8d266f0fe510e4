import type { Decimal } from "@farthing/money";
import type { TimeRange } from "../time-range.ts";

/** What an aggregation may ask of one event; good until the next one is asked for. Units: `time` in milliseconds. */
export interface Sample {
  /** The number at the meter's `value`; nought for an aggregation that needs none. */
  readonly quantity: number | Decimal;
  /** What stands at the meter's `value`, written as group values are; empty for an aggregation that needs none. */
  readonly text: string;
  readonly time: number;
  readonly id: string;
  /** The event takes its value away: only where the meter has an `operation`. */
  readonly removes: boolean;
}

/**
 * Which stretch a value is for. `whole` is what times are divided by: the stretch itself, or the billing period that it is a
 * part of. Days begin when clocks of `timezone` say so.
 */
export interface ValueWindow extends TimeRange {
  readonly whole: TimeRange;
  readonly timezone: string;
}

/** What a state is valued by: its window, and the state of all that lies before it. */
export interface Valuing<State> {
  readonly window: ValueWindow;
  readonly before: State;
}

/** What an event has to have at the meter's `value` to be taken. */
export type Need = "nothing" | "number" | "text";

/**
 * A way to fold events into one value: a commutative monoid of states, so that any order and any batching of the same events
 * comes to the same state.
 *
 * `add` and `merge` may change the first state that they are given, and never the second. `value` is what people see, `null`
 * where there is none. `encode` gives equal states the same text. An aggregation that `carries` values a window by what lies
 * before it as well; others never look there.
 */
export interface Aggregation<State> {
  readonly needs: Need;
  readonly carries: boolean;
  empty(): State;
  add(state: State, sample: Sample): State;
  merge(a: State, b: State): State;
  value(state: State, by: Valuing<State>): Decimal | null;
  encode(state: State): string;
  decode(text: string): State;
}
