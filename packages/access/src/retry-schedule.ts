import { createHash } from "node:crypto";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/**
 * How long after an attempt that failed the next one is: ten attempts over three days. Units: milliseconds.
 *
 * Source: Standard Webhooks, "Deliverability and reliability".
 */
export const retryDelays: readonly number[] = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

/** At most so much is added to a delay, so that what failed together does not come back together. */
const jitter = 0.2;

/**
 * How long to wait after the attempt of a number, which counts from 1; undefined after the last.
 *
 * The jitter is drawn from the delivery's own name: the same again is the same again.
 */
export function delayAfter(attempt: number, name: string): number | undefined {
  const delay = retryDelays[attempt - 1];
  if (delay === undefined) return undefined;
  const drawn = createHash("sha256").update(`${name}\0${attempt}`).digest().readUInt32BE(0) / 2 ** 32;
  return Math.round(delay * (1 + jitter * drawn));
}
