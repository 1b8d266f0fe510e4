import type { Random } from "./random.ts";

/** How long an hour is. Units: milliseconds. */
export const hour = 3_600_000;
const second = 1_000;
const minute = 60_000;

/** When histories begin: a month's last day in UTC; in India midnight, and with it the month's end, lies inside the second hour. */
export const dawn = Date.parse("2026-03-31T17:00:00Z");
/** How many hours events fall into. */
export const eventHours = 3;
/** When the dense part of a history is over: every hour was swept once. */
export const dusk = dawn + 5 * hour + minute;
/** When all is settled for the last time: every period of the history is over. */
export const ending = Date.parse("2026-04-01T01:00:00Z");

/** The zones that histories bill in, with the instants at which their days begin; each zone's second day begins a month. */
export const zones = {
  UTC: ["2026-03-31T00:00:00Z", "2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z"].map((text) => Date.parse(text)),
  "Asia/Kolkata": ["2026-03-30T18:30:00Z", "2026-03-31T18:30:00Z", "2026-04-01T18:30:00Z"].map((text) =>
    Date.parse(text),
  ),
} as const;

/** The instants at which their months begin. */
export const months = {
  UTC: ["2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z"].map((text) => Date.parse(text)),
  "Asia/Kolkata": ["2026-02-28T18:30:00Z", "2026-03-31T18:30:00Z", "2026-04-30T18:30:00Z"].map((text) =>
    Date.parse(text),
  ),
} as const;

/** The name of a zone that histories bill in. */
export type Zone = keyof typeof zones;

/** Around the end of an hour, where rules change what they do: five minutes ahead, the margins of clocks, ten minutes on. */
const aroundHour = [
  -5 * minute - 2 * second,
  -5 * minute + 2 * second,
  -8 * second,
  -4 * second,
  -second,
  second,
  4 * second,
  8 * second,
  20 * second,
  45 * second,
  10 * minute,
  30 * minute,
];

/** Whether an instant is so near to the end of an hour that rules turn on it. */
export function isNearHourEnd(instantMs: number): boolean {
  const into = (instantMs - dawn) % hour;
  return into > hour - 10 * second || into < minute;
}

/** The instants that a history's clock shows, rising. */
export function drawInstants(random: Random): readonly number[] {
  const instants = [dawn + 30 * second];
  for (let at = 1; at <= eventHours + 2; at++) {
    for (const offset of aroundHour) {
      if (random.chance(at <= eventHours ? 0.8 : 0.3)) instants.push(dawn + at * hour + offset);
    }
  }
  return instants.filter((instant) => instant < dusk).sort((a, b) => a - b);
}
