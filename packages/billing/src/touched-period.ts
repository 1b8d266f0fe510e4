import type { TimeRange } from "@farthing/metering";
import type { Period, PeriodRule } from "./calendar.ts";
import type { ChargeWindow } from "./charge-window.ts";
import { intersect, isEmpty } from "./coverage.ts";
import { periodAt, periodsOf } from "./period-at.ts";
import type { RatingOrder } from "./seal-rating.ts";

/** A period that is rated again: of a subscription, or where there is no window a month of direct charges. */
export interface Touched {
  readonly window: ChargeWindow | undefined;
  readonly period: Period;
  /** What of the period is rated: within the window, and before the new cut. */
  readonly range: TimeRange;
}

/** Every period that new stretches fall into, of each subscription and of direct charges. */
export function touchedPeriods({ windows, stretches, timezone, next }: RatingOrder): readonly Touched[] {
  const before = { from: Number.NEGATIVE_INFINITY, to: next.cut };
  const usage = windows.flatMap((window) => usagePeriods(window, stretches, next.cut));
  const months = periodsIn(stretches, before, { interval: "month", timezone }).map((period) => ({
    window: undefined,
    period,
    range: intersect(period, before),
  }));
  return [...usage, ...months];
}

/** The periods of a subscription that stretches before a cut fall into. */
export function usagePeriods(window: ChargeWindow, stretches: readonly TimeRange[], cut: number): readonly Touched[] {
  const within = intersect(window, { from: Number.NEGATIVE_INFINITY, to: cut });
  return periodsIn(stretches, within, periodsOf(window.subscription)).map((period) => ({
    window,
    period,
    range: intersect(period, within),
  }));
}

function periodsIn(stretches: readonly TimeRange[], within: TimeRange, rule: PeriodRule): readonly Period[] {
  const periods = new Map<number, Period>();
  for (const stretch of stretches) {
    const part = intersect(stretch, within);
    for (let at = part.from; !isEmpty(part) && at < part.to; ) {
      const period = periodAt(at, rule);
      periods.set(period.from, period);
      at = period.to;
    }
  }
  return [...periods.values()].sort((a, b) => a.from - b.from);
}

/** Each period of each subscription once. */
export function withoutRepeats(touched: readonly Touched[]): readonly Touched[] {
  const byName = new Map(touched.map((one) => [`${one.window?.key ?? ""}#${one.period.from}`, one]));
  return [...byName.values()];
}
