const minuteMs = 60_000;
const stepMs = 15 * minuteMs;
const dayMs = 24 * 60 * minuteMs;

/** How the simulation cuts time; billing periods are days and months. */
export type Cut = "none" | "hour" | "day" | "week" | "month";

/** A stretch of time, `from ≤ t < to`. Units: milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/**
 * How far a zone's clocks are ahead of UTC. Units: milliseconds. Source: the runtime's `Intl`, where the product asks
 * Temporal; every zone that is used has offsets and changes of whole quarters of an hour.
 */
export function offsetAt(instantMs: number, zone: string): number {
  const step = Math.floor(instantMs / stepMs) * stepMs;
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const found = known.get(step) ?? shownAt(step, zone) - step;
  known.set(step, found);
  return found;
}

function shownAt(instantMs: number, timeZone: string): number {
  const fields = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...fields });
  formats.set(timeZone, format);
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = (format.format(instantMs).match(/\d+/g) ?? []).map(
    Number,
  );
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** The stretches that a range falls into as a zone's clocks cut it, the first and last cut off at its ends. */
export function stretchesOf({ from, to }: Stretch, cut: Cut, zone: string): readonly Stretch[] {
  const all: Stretch[] = [];
  for (let at = from; at < to; at = all.at(-1)?.to ?? to) {
    all.push({ from: at, to: cut === "none" ? to : Math.min(to, endOf(at, cut, zone)) });
  }
  return all;
}

const periods = new Map<string, Stretch>();

/** The day or month that holds an instant, from its first to its last as the zone's clocks show it. */
export function periodOf(instantMs: number, cut: "day" | "month", zone: string): Stretch {
  const label = labelAt(instantMs, cut, zone);
  const key = `${zone} ${cut} ${label}`;
  const found = periods.get(key) ?? { from: startOf(instantMs, cut, zone), to: endOf(instantMs, cut, zone) };
  periods.set(key, found);
  return found;
}

/** What stays the same within a stretch: the clock's hour, its date, the Monday of its week, its month. */
function labelAt(instantMs: number, cut: Cut, zone: string): string {
  const offset = offsetAt(instantMs, zone);
  const shown = instantMs + offset;
  // Where clocks change inside an hour, what follows is an hour of its own.
  if (cut === "hour") return `${offset} ${Math.floor(shown / (60 * minuteMs))}`;
  const date = Math.floor(shown / dayMs);
  // 1 January 1970 was a Thursday.
  if (cut === "week") return String(Math.floor((date + 3) / 7));
  return cut === "day" ? String(date) : new Date(shown).toISOString().slice(0, 7);
}

const ends = new Map<string, number>();

function endOf(instantMs: number, cut: Cut, zone: string): number {
  const label = labelAt(instantMs, cut, zone);
  const key = `${zone} ${cut} ${label}`;
  const known = ends.get(key);
  if (known !== undefined) return known;
  let at = (Math.floor(instantMs / stepMs) + 1) * stepMs;
  while (labelAt(at, cut, zone) === label) at += stepMs;
  ends.set(key, at);
  return at;
}

function startOf(instantMs: number, cut: Cut, zone: string): number {
  const label = labelAt(instantMs, cut, zone);
  let at = Math.floor(instantMs / stepMs) * stepMs;
  while (labelAt(at - stepMs, cut, zone) === label) at -= stepMs;
  return at;
}
