import { err, ok, type Result } from "@farthing/money";
import type { Interval } from "@farthing/pricing";
import { Temporal } from "temporal-polyfill";

/** A stretch of event time that is billed together: from its first instant to the first one after it. Units: milliseconds. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * What periods a customer has, as clocks of a time zone show them: those of the calendar, or those counted from an anchor, a
 * date such as `2026-01-31` on which one of them begins.
 */
export interface PeriodRule {
  readonly interval: Interval;
  readonly timezone: string;
  readonly anchor?: string | undefined;
}

/** Text names no zone of the IANA time zone database. */
export interface UnknownTimezone {
  readonly code: "unknown_timezone";
  readonly timezone: string;
}

/**
 * The period that holds an instant: whole days as clocks in the zone show them, so 23 or 25 hours long where they change,
 * beginning at the day's first instant where it has no midnight. Every period is counted from the anchor itself: from the
 * 31st, one begins on the last day of a shorter month, and the next on the 31st again.
 *
 * Units: milliseconds. Errors: `unknown_timezone`. Source: IANA time zone database, as the runtime carries it.
 */
export function periodContaining(instantMs: number, rule: PeriodRule): Result<Period, UnknownTimezone> {
  const { timezone } = rule;
  return isTimezone(timezone) ? ok(periodAt(instantMs, rule)) : err({ code: "unknown_timezone", timezone });
}

/**
 * The whole periods that share an instant with `fromMs ≤ t < toMs`, in order; each begins where the one before ends.
 *
 * Units: milliseconds. Errors: `unknown_timezone`.
 */
export function periodsBetween(
  fromMs: number,
  toMs: number,
  rule: PeriodRule,
): Result<readonly Period[], UnknownTimezone> {
  if (!isTimezone(rule.timezone)) return err({ code: "unknown_timezone", timezone: rule.timezone });
  const periods: Period[] = [];
  for (let at = fromMs; at < toMs; at = periods.at(-1)?.to ?? toMs) periods.push(periodAt(at, rule));
  return ok(periods);
}

const zones = new Map<string, boolean>();
const mostZones = 2000;

/** Whether a text names a zone of the IANA time zone database; offsets such as `+05:30` name none. */
export function isTimezone(text: string): boolean {
  const known = zones.get(text);
  if (known !== undefined) return known;
  if (zones.size >= mostZones) zones.clear();
  const found = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(text) && runtimeKnows(text);
  zones.set(text, found);
  return found;
}

function runtimeKnows(timezone: string): boolean {
  // The runtime's list of zones leaves out aliases that people use, and refuses a name in no other way than by a throw.
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone);
    return true;
  } catch {
    return false;
  }
}

const dayMs = 86_400_000;
const mostDays = 20_000;
// Customers of a zone share their periods, and finding one anew costs some 10 µs: found ones are kept by the UTC day.
const found = new Map<string, Map<number, Period[]>>();
let days = 0;

function periodAt(instantMs: number, rule: PeriodRule): Period {
  const seen = daysOf(rule);
  const day = Math.floor(instantMs / dayMs);
  const kept = seen.get(day)?.find(({ from, to }) => from <= instantMs && instantMs < to);
  if (kept !== undefined) return kept;
  const period = findPeriod(instantMs, rule);
  const list = seen.get(day);
  if (list === undefined) {
    seen.set(day, [period]);
    days++;
  } else list.push(period);
  return period;
}

function daysOf({ interval, timezone, anchor = "" }: PeriodRule): Map<number, Period[]> {
  if (days >= mostDays) {
    found.clear();
    days = 0;
  }
  const name = `${interval} ${timezone} ${anchor}`;
  const seen = found.get(name) ?? new Map<number, Period[]>();
  found.set(name, seen);
  return seen;
}

/** How far apart the dates are on which periods begin. */
const steps: Readonly<Record<Interval, { readonly days: number } | { readonly months: number }>> = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
};
/** A date on which the calendar's own periods begin: weeks on Mondays (ISO 8601), all others on a first of January. */
const calendar = { week: "1970-01-05", other: "1970-01-01" } as const;

function findPeriod(instantMs: number, { interval, timezone, anchor }: PeriodRule): Period {
  const step = steps[interval];
  const origin = Temporal.PlainDate.from(anchor ?? (interval === "week" ? calendar.week : calendar.other));
  const today = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timezone).toPlainDate();
  const start = (number: number) => {
    const date = origin.add("days" in step ? { days: number * step.days } : { months: number * step.months });
    return date.toZonedDateTime({ timeZone: timezone }).epochMilliseconds;
  };
  let number =
    "days" in step
      ? Math.floor(origin.until(today, { largestUnit: "days" }).days / step.days)
      : Math.floor((today.year * 12 + today.month - origin.year * 12 - origin.month) / step.months);
  // The month of today may begin its period on a later day. Clocks set back across midnight show a date again that is
  // already over: it belongs to the day that had begun.
  while (start(number) > instantMs) number--;
  while (start(number + 1) <= instantMs) number++;
  return { from: start(number), to: start(number + 1) };
}

/** The date of an instant in a zone, such as `2026-01-31`. Units: milliseconds. */
export function dateIn(instantMs: number, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timezone).toPlainDate().toString();
}
