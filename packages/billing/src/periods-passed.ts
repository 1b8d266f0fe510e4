import type { Period } from "./calendar.ts";
import type { ChargeWindow } from "./charge-window.ts";
import { periodAt, periodsOf } from "./period-at.ts";
import type { RatingOrder } from "./seal-rating.ts";
import { movedFrom } from "./window-move.ts";

/**
 * The window's periods from `start` on that begin or end between the last cut and the next, and those before in which the
 * window's time has changed. Units: milliseconds.
 */
export function periodsPassed(
  { last, next, moves }: Pick<RatingOrder, "last" | "next" | "moves">,
  window: ChargeWindow,
  start: number,
): readonly Period[] {
  const rule = periodsOf(window.subscription);
  const from = Math.max(start, Math.min(last.cut - 1, movedFrom(moves, window)));
  const periods: Period[] = [];
  for (let at = from; at < next.cut; ) {
    const period = periodAt(at, rule);
    if (period.from < window.to) periods.push(period);
    at = period.to;
  }
  return periods;
}
