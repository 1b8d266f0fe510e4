import { daysOf } from "../windows.ts";
import type { ValueWindow } from "./aggregation.ts";

/** The days of a window, in order, and how many days it is divided by. Units: milliseconds. */
export interface WindowDays {
  readonly starts: readonly number[];
  readonly whole: number;
}

/** The calendar days that a window touches, each counted once, in the window's zone. */
export function windowDays({ from, to, whole, timezone }: ValueWindow): WindowDays {
  const starts = daysOf({ from, to }, timezone).map((day) => day.from);
  const same = whole.from === from && whole.to === to;
  return { starts, whole: same ? starts.length : daysOf(whole, timezone).length };
}

/** The place among a window's days of the one that holds an instant. Units: milliseconds. */
export function dayIndex({ starts }: WindowDays, instantMs: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= instantMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
