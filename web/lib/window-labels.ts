import type { Window } from "./ranges.ts";
import { periodText, timeText } from "./times.ts";

/** A window in two lengths: for an axis, and for a table or a tooltip. */
export interface WindowLabel {
  readonly short: string;
  readonly full: string;
}

/** Names a window in a zone; a day of hours is told apart by its clock, a longer stretch by its days. */
export function windowLabel(from: string, to: string, window: Window, zone: string): WindowLabel {
  const day = timeText(from, zone, "day");
  if (window === "month") {
    const month = day.slice(day.indexOf(" ") + 1);
    return { short: month, full: month };
  }
  if (window === "day") return { short: withoutYear(day), full: periodText(from, to, zone) };
  const start = timeText(from, zone, "clock").slice(0, 5);
  const end = timeText(to, zone, "clock").slice(0, 5);
  return { short: `${withoutYear(day)} ${start}`, full: `${day}, ${start} to ${end}` };
}

function withoutYear(day: string): string {
  return day.replace(/ \d{4}$/, "");
}
