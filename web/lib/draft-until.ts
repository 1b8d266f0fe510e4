import { Temporal } from "temporal-polyfill";

interface Rule {
  readonly now: string;
  readonly timezone: string;
  /** How long a period of each of the customer's plans is. */
  readonly intervals: readonly string[];
  readonly graceHours: number;
}

/**
 * When a draft will be sealed by itself: so many hours after the end of the period that runs now, the first one where plans
 * differ. Without a plan the period is the month. Nothing where a plan's interval is none that this console knows.
 */
export function draftUntil({ now, timezone, intervals, graceHours }: Rule): string | undefined {
  const day = Temporal.Instant.from(now).toZonedDateTimeISO(timezone).startOfDay();
  const known = intervals.length === 0 ? ["month"] : intervals;
  const ends = known.flatMap((interval) => endOf(day, interval));
  if (ends.length < known.length) return undefined;
  const [first] = ends.toSorted(Temporal.ZonedDateTime.compare);
  return first?.add({ hours: graceHours }).toInstant().toString();
}

function endOf(day: Temporal.ZonedDateTime, interval: string): readonly Temporal.ZonedDateTime[] {
  if (interval === "day") return [day.add({ days: 1 }).startOfDay()];
  if (interval === "month") return [day.with({ day: 1 }).add({ months: 1 }).startOfDay()];
  return [];
}
