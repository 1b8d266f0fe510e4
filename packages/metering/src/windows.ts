import { err, ok, type Result } from "@farthing/money";
import { Temporal } from "temporal-polyfill";
import type { TimeRange } from "./tally-range.ts";

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
 * Cuts a range at the window boundaries of a zone; the first and last window are cut off at the range's ends.
 *
 * Errors: `unknown_timezone`, `too_many_windows`. Source: IANA time zones, by way of ECMAScript Temporal.
 */
export function windowsOf(
  range: TimeRange,
  window: WindowName,
  timezone: string,
): Result<readonly TimeRange[], UnknownTimezone | TooManyWindows> {
  if (!isTimezone(timezone)) return err({ code: "unknown_timezone", timezone });
  if (window === "none") return ok([{ from: range.from, to: range.to }]);
  const windows: TimeRange[] = [];
  let at = startOfWindow(range.from, window, timezone);
  while (at.epochMilliseconds < range.to) {
    const next = at.add(steps[window]);
    windows.push({ from: Math.max(at.epochMilliseconds, range.from), to: Math.min(next.epochMilliseconds, range.to) });
    if (windows.length > maxWindows) return err({ code: "too_many_windows", limit: maxWindows });
    at = next;
  }
  return ok(windows);
}

const steps = {
  minute: { minutes: 1 },
  hour: { hours: 1 },
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
} as const;

/** Whether a text names an IANA time zone. */
export function isTimezone(timezone: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone).timeZoneId.length > 0;
  } catch {
    return false;
  }
}

function startOfWindow(
  instantMs: number,
  window: Exclude<WindowName, "none">,
  timezone: string,
): Temporal.ZonedDateTime {
  const at = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timezone);
  if (window === "minute" || window === "hour") return at.round({ smallestUnit: window, roundingMode: "floor" });
  const day = at.startOfDay();
  if (window === "day") return day;
  if (window === "week") return day.subtract({ days: at.dayOfWeek - 1 }).startOfDay();
  return at.with({ day: 1 }).startOfDay();
}
