/** How much of a moment is shown. */
export type TimeDetail = "second" | "minute" | "day" | "clock";

const options: Record<TimeDetail, Intl.DateTimeFormatOptions> = {
  second: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" },
  minute: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short", year: "numeric" },
  clock: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(detail: TimeDetail, zone: string): Intl.DateTimeFormat {
  const key = `${detail} ${zone}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { ...options[detail], timeZone: zone, hourCycle: "h23" });
  formats.set(key, made);
  return made;
}

/** Writes a moment in a time zone. */
export function timeText(at: string, zone: string, detail: TimeDetail): string {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? at : formatOf(detail, zone).format(moment);
}

/** Writes a moment in UTC, with the zone named: what a reader sees beside every local time. */
export function utcText(at: string): string {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime())
    ? at
    : `${moment
        .toISOString()
        .replace("T", " ")
        .replace(/\.\d+Z$/, "")} UTC`;
}

/** Tells whether a moment is midnight in a zone, so that a day alone says it. */
export function isMidnight(at: string, zone: string): boolean {
  return timeText(at, zone, "clock") === "00:00:00";
}

/** The two ends of a half-open period in words; one day alone has no end of its own. */
export interface PeriodWords {
  readonly first: string;
  readonly last?: string;
}

/** Names a half-open period: whole days by the first and the last of them, other periods by both of their moments. */
export function periodWords(from: string, to: string, zone: string): PeriodWords {
  if (!isMidnight(from, zone) || !isMidnight(to, zone)) {
    return { first: timeText(from, zone, "minute"), last: timeText(to, zone, "minute") };
  }
  const first = timeText(from, zone, "day");
  const last = timeText(new Date(new Date(to).getTime() - 1).toISOString(), zone, "day");
  return first === last ? { first } : { first, last };
}

/** Writes a half-open period in one line, as in "1 May 2015 to 31 May 2015". */
export function periodText(from: string, to: string, zone: string): string {
  const { first, last } = periodWords(from, to, zone);
  return last === undefined ? first : `${first} to ${last}`;
}
