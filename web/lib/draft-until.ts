import type { Subscription } from "@farthing/sdk";
import { Temporal } from "temporal-polyfill";

/** By what a customer's periods run. */
export type Periods = Pick<Subscription, "interval" | "timezone" | "billing">;

interface Rule {
  readonly now: string;
  /** Of the subscriptions that the customer has now. */
  readonly periods: readonly Periods[];
  /** The zone of who has no subscription: its period is the month. */
  readonly timezone: string;
  readonly graceHours: number;
}

/**
 * When a draft will be sealed by itself: so many hours after the end of the period that runs now, the first one where several
 * run. Nothing where a period is counted from an anchor, which the API alone does.
 */
export function draftUntil({ now, periods, timezone, graceHours }: Rule): string | undefined {
  const known = periods.length > 0 ? periods : [{ interval: "month", timezone, billing: "calendar" } as const];
  if (known.some(({ billing }) => billing !== "calendar")) return undefined;
  const ends = known.map((period) => endOf(Temporal.Instant.from(now), period));
  const [first] = ends.toSorted(Temporal.Instant.compare);
  return first?.add({ hours: graceHours }).toString();
}

function endOf(now: Temporal.Instant, { interval, timezone }: Periods): Temporal.Instant {
  const day = now.toZonedDateTimeISO(timezone).toPlainDate();
  return nextBegin(day, interval).toZonedDateTime(timezone).toInstant();
}

function nextBegin(day: Temporal.PlainDate, interval: Periods["interval"]): Temporal.PlainDate {
  if (interval === "day") return day.add({ days: 1 });
  if (interval === "week") return day.add({ days: 8 - day.dayOfWeek });
  const month = day.with({ day: 1 });
  if (interval === "month") return month.add({ months: 1 });
  if (interval === "quarter") return month.add({ months: 3 - ((month.month - 1) % 3) });
  return month.with({ month: 1 }).add({ years: 1 });
}
