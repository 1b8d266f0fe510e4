import type { Brand } from "@farthing/money";

/** A UTC hour of event time. Units: whole hours since 1970-01-01T00:00:00Z. */
export type Hour = Brand<number, "Hour">;

/** How long an hour is. Units: milliseconds. */
export const hourMs = 3_600_000;

/** The hour that holds an instant. Units: milliseconds in. */
export function hourOf(instantMs: number): Hour {
  return Math.floor(instantMs / hourMs) as Hour;
}

/** The hour `count` hours later, or earlier when negative. */
export function hourPlus(hour: Hour, count: number): Hour {
  return (hour + count) as Hour;
}

/** The first instant of an hour. Units: milliseconds out. */
export function hourStart(hour: Hour): number {
  return hour * hourMs;
}

/** The first instant after an hour. Units: milliseconds out. */
export function hourEnd(hour: Hour): number {
  return (hour + 1) * hourMs;
}
