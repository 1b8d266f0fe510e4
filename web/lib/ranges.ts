import { Temporal } from "temporal-polyfill";

/** A half-open stretch of time, with the name under which a reader chose it. */
export interface Range {
  readonly id: RangeId | "custom";
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** The ranges that have a name. */
export type RangeId = "24h" | "7d" | "30d" | "90d" | "month" | "last-month";

/** The windows that a range can be cut into. */
export type Window = "minute" | "hour" | "day" | "month";

/** The named ranges, in the order in which they are offered. */
export const rangeNames: Record<RangeId, string> = {
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
  month: "This month",
  "last-month": "Last month",
};

/** More points than this draw slowly and say nothing more. */
const mostPoints = 2_000;

const windowMs: Record<Window, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000, month: 2_419_200_000 };

interface RangeQuery {
  readonly range?: string | undefined;
  readonly from?: string | undefined;
  readonly through?: string | undefined;
}

/** Tells whether a text names a range. */
export function isRangeId(text: string | undefined): text is RangeId {
  return text !== undefined && Object.hasOwn(rangeNames, text);
}

/**
 * Reads the range that the address names: two days (the last one included), or a name, or the fallback. Days begin at
 * midnight in the zone, so every day and month of the range is whole.
 */
export function readRange(query: RangeQuery, zone: string, now: string, fallback: RangeId = "30d"): Range {
  const custom = customRange(query, zone);
  if (custom) return custom;
  const id = isRangeId(query.range) ? query.range : fallback;
  const { from, to } = named(id, Temporal.Instant.from(now).toZonedDateTimeISO(zone));
  return { id, label: rangeNames[id], from: instantText(from), to: instantText(to) };
}

/** The windows that cut a range into a number of points that can be read, finest first. */
export function windowsOf(range: Range): readonly Window[] {
  const length = Date.parse(range.to) - Date.parse(range.from);
  const names: readonly Window[] = ["minute", "hour", "day", "month"];
  return names.filter(
    (name) => name === "month" || (length / windowMs[name] <= mostPoints && length >= windowMs[name] * 2),
  );
}

/** Reads the window that the address names, or picks the one that suits the range. */
export function readWindow(text: string | undefined, range: Range): Window {
  const offered = windowsOf(range);
  const asked = offered.find((name) => name === text);
  if (asked) return asked;
  const days = (Date.parse(range.to) - Date.parse(range.from)) / windowMs.day;
  const suiting: Window = days <= 3 ? "hour" : days <= 120 ? "day" : "month";
  return offered.find((name) => name === suiting) ?? offered[0] ?? "month";
}

/** The first and last day of a range in a zone, as date fields want them. */
export function rangeDays(range: Range, zone: string): { readonly from: string; readonly through: string } {
  const first = Temporal.Instant.from(range.from).toZonedDateTimeISO(zone);
  const last = Temporal.Instant.from(range.to).subtract({ milliseconds: 1 }).toZonedDateTimeISO(zone);
  return { from: first.toPlainDate().toString(), through: last.toPlainDate().toString() };
}

/** Cuts a range into windows that follow the zone's own days and months; the last may be cut short by the range's end. */
export function buckets(
  range: Range,
  window: Window,
  zone: string,
): readonly { readonly from: string; readonly to: string }[] {
  const end = Temporal.Instant.from(range.to);
  const start = Temporal.Instant.from(range.from).toZonedDateTimeISO(zone);
  const edges: string[] = [];
  let edge = floor(start, window);
  while (Temporal.Instant.compare(edge.toInstant(), end) < 0 && edges.length <= mostPoints) {
    edges.push(instantText(edge));
    edge = next(edge, window);
  }
  return edges.map((from, index) => ({ from, to: edges[index + 1] ?? instantText(edge) }));
}

function named(id: RangeId, now: Temporal.ZonedDateTime): { from: Temporal.ZonedDateTime; to: Temporal.ZonedDateTime } {
  const hourEnd = next(floor(now, "hour"), "hour");
  const dayEnd = next(floor(now, "day"), "day");
  const month = floor(now, "month");
  if (id === "24h") return { from: hourEnd.subtract({ hours: 24 }), to: hourEnd };
  if (id === "month") return { from: month, to: dayEnd };
  if (id === "last-month") return { from: month.subtract({ months: 1 }), to: month };
  return { from: dayEnd.subtract({ days: Number.parseInt(id, 10) }), to: dayEnd };
}

function customRange(query: RangeQuery, zone: string): Range | undefined {
  const from = plainDate(query.from);
  const through = plainDate(query.through);
  if (!from || !through || Temporal.PlainDate.compare(from, through) > 0) return undefined;
  const start = from.toZonedDateTime({ timeZone: zone });
  const end = through.add({ days: 1 }).toZonedDateTime({ timeZone: zone });
  return { id: "custom", label: "Chosen days", from: instantText(start), to: instantText(end) };
}

function plainDate(text: string | undefined): Temporal.PlainDate | undefined {
  const [year, month, day] =
    /^(\d{4})-(\d\d)-(\d\d)$/
      .exec(text ?? "")
      ?.slice(1)
      .map(Number) ?? [];
  if (!year || !month || !day) return undefined;
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.toString() === text ? date : undefined;
}

function floor(at: Temporal.ZonedDateTime, window: Window): Temporal.ZonedDateTime {
  return window === "month"
    ? at.with({ day: 1 }).startOfDay()
    : at.round({ smallestUnit: window, roundingMode: "floor" });
}

function next(at: Temporal.ZonedDateTime, window: Window): Temporal.ZonedDateTime {
  return at.add({ [`${window}s`]: 1 });
}

function instantText(at: Temporal.ZonedDateTime): string {
  return at.toInstant().toString({ smallestUnit: "second" });
}
