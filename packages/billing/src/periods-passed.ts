import type { Period } from "./calendar.ts";
import type { ChargeWindow } from "./charge-window.ts";
import { periodAt } from "./period-at.ts";
import type { RatingOrder } from "./seal-rating.ts";

/**
 * The window's periods from `start` on that begin or end between the last cut and the next; all up to it for a new
 * subscription. Units: milliseconds.
 */
export function periodsPassed(
  { last, next, charged }: Pick<RatingOrder, "last" | "next" | "charged">,
  window: ChargeWindow,
  start: number,
): readonly Period[] {
  const zone = { interval: window.plan.interval, timezone: window.subscription.timezone };
  const isNew = !charged.has(window.subscription.id);
  const from = isNew ? start : Math.max(start, last.cut - 1);
  const periods: Period[] = [];
  for (let at = from; at < next.cut; ) {
    const period = periodAt(at, zone);
    if (period.from < window.to) periods.push(period);
    at = period.to;
  }
  return periods;
}
