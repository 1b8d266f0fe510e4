import { err, expectOk, ok, type Result } from "@farthing/money";
import { Temporal } from "temporal-polyfill";
import { hourMs } from "./hour.ts";
import type { TimeRange } from "./time-range.ts";

/** How a usage query cuts time. */
export type WindowName = "minute" | "hour" | "day" | "week" | "month" | "none";

/** A name that is no IANA time zone. */
export interface UnknownTimezone {
  readonly code: "unknown_timezone";
  readonly timezone: string;
}

/** A query would answer more windows than one answer holds. */
export interface TooManyWindows {
  readonly code: "too_many_windows";
  readonly limit: number;
}

const maxWindows = 50_000;

/**
 * Cuts a range at the window boundaries of a zone, as its clocks show them; the first and last window are cut off at the
 * range's ends.
 *
 * Errors: `unknown_timezone`, `too_many_windows`. Source: IANA time zones, by way of ECMAScript Temporal.
 */
export function windowsOf(
  range: TimeRange,
  window: WindowName,
  timezone: string,
): Result<readonly TimeRange[], UnknownTimezone | TooManyWindows> {
  if (!isTimezone(timezone)) return err({ code: "unknown_timezone", timezone });
  const boundaryAfter = boundaries(window, timezone);
  const windows: TimeRange[] = [];
  for (let at = range.from; at < range.to; ) {
    if (windows.length === maxWindows) return err({ code: "too_many_windows", limit: maxWindows });
    const to = Math.min(boundaryAfter(at), range.to);
    windows.push({ from: at, to });
    at = to;
  }
  return ok(windows);
}

/** The calendar days that a range touches, in a zone that was checked before. Errors: throws past 50,000 days. */
export function daysOf(range: TimeRange, timezone: string): readonly TimeRange[] {
  return expectOk(windowsOf(range, "day", timezone));
}

/** Whether a text names an IANA time zone; offsets such as `+05:30` name none. */
export function isTimezone(timezone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(timezone)) return false;
  try {
    return zoned(0, timezone).timeZoneId.length > 0;
  } catch {
    return false;
  }
}

type Boundaries = (instantMs: number) => number;

const minuteMs = 60_000;

function boundaries(window: WindowName, timezone: string): Boundaries {
  if (window === "none") return () => Number.POSITIVE_INFINITY;
  if (window === "minute") return clockBoundaries(minuteMs, timezone);
  if (window === "hour") return clockBoundaries(hourMs, timezone);
  return (instantMs) => dateBoundaryAfter(instantMs, window, timezone);
}

/** Where clocks show a full minute or hour, or are changed: half an hour's change would shift all full hours behind it. */
function clockBoundaries(unitMs: number, timezone: string): Boundaries {
  let [offsetMs, changeMs] = [0, Number.NEGATIVE_INFINITY];
  return (instantMs) => {
    if (instantMs >= changeMs) {
      const at = zoned(instantMs, timezone);
      offsetMs = at.offsetNanoseconds / 1e6;
      changeMs = at.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    }
    const local = instantMs + offsetMs;
    return Math.min(changeMs, (Math.floor(local / unitMs) + 1) * unitMs - offsetMs);
  };
}

const steps = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } } as const;

function dateBoundaryAfter(instantMs: number, window: keyof typeof steps, timezone: string): number {
  const today = zoned(instantMs, timezone).toPlainDate();
  let next = firstDay(today, window).add(steps[window]);
  // Clocks set back across midnight show a date again that is already over: its end lies behind.
  while (startOf(next, timezone) <= instantMs) next = next.add(steps[window]);
  return startOf(next, timezone);
}

function firstDay(date: Temporal.PlainDate, window: keyof typeof steps): Temporal.PlainDate {
  if (window === "day") return date;
  return window === "week" ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 });
}

function startOf(date: Temporal.PlainDate, timezone: string): number {
  return date.toZonedDateTime({ timeZone: timezone }).epochMilliseconds;
}

function zoned(instantMs: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timezone);
}
