import { err, ok, type Result } from "@farthing/money";
import type { Interval } from "@farthing/pricing";
import { Temporal } from "temporal-polyfill";

/** A stretch of event time that is billed together: from its first instant to the first one after it. Units: milliseconds. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What periods a customer has: calendar days or months of a time zone. */
export interface PeriodRule {
  readonly interval: Interval;
  readonly timezone: string;
}

/** Text names no zone of the IANA time zone database. */
export interface UnknownTimezone {
  readonly code: "unknown_timezone";
  readonly timezone: string;
}

/**
 * The period that holds an instant: a calendar day or month as clocks in the zone show it, so 23 or 25 hours long where
 * they change, beginning at the day's first instant where it has no midnight.
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

function daysOf({ interval, timezone }: PeriodRule): Map<number, Period[]> {
  if (days >= mostDays) {
    found.clear();
    days = 0;
  }
  const name = `${interval} ${timezone}`;
  const seen = found.get(name) ?? new Map<number, Period[]>();
  found.set(name, seen);
  return seen;
}

function findPeriod(instantMs: number, { interval, timezone }: PeriodRule): Period {
  const step = interval === "month" ? { months: 1 } : { days: 1 };
  const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: timezone }).epochMilliseconds;
  const today = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timezone).toPlainDate();
  let first = interval === "month" ? today.with({ day: 1 }) : today;
  // Clocks set back across midnight show a date again that is already over: it belongs to the day that had begun.
  while (startOf(first.add(step)) <= instantMs) first = first.add(step);
  return { from: startOf(first), to: startOf(first.add(step)) };
}
