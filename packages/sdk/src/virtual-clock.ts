import type { Clock } from "./clock.ts";

/** A clock that a test owns. */
export interface VirtualClock extends Clock {
  /** Every wait that was asked for, in milliseconds, in order. */
  readonly slept: readonly number[];
  /** Moves the time, and wakes whoever's wait is over. */
  advance(byMs: number): void;
}

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is advanced. Its deadlines pass with its own time. */
export function manualClock(startMs = Date.UTC(2026, 10, 22)): VirtualClock {
  let now = startMs;
  let sleepers: Sleeper[] = [];
  const slept: number[] = [];

  const sleep = (delayMs: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      slept.push(delayMs);
      if (signal?.aborted) return resolve();
      signal?.addEventListener("abort", () => resolve());
      sleepers.push({ atMs: now + delayMs, wake: resolve });
    });
  const advance = (byMs: number) => {
    now += byMs;
    const awake = sleepers.filter(({ atMs }) => atMs <= now);
    sleepers = sleepers.filter(({ atMs }) => atMs > now);
    for (const { wake } of awake) wake();
  };
  const deadline = (delayMs: number) => {
    const controller = new AbortController();
    sleepers.push({ atMs: now + delayMs, wake: () => controller.abort() });
    return controller.signal;
  };
  return { now: () => now, sleep, advance, deadline, slept };
}

/** A clock on which every wait is over at once, its time moved on by it. Its deadlines never pass. */
export function instantClock(startMs = Date.UTC(2026, 10, 22)): VirtualClock {
  let now = startMs;
  const slept: number[] = [];
  const sleep = (delayMs: number) =>
    new Promise<void>((resolve) => {
      slept.push(delayMs);
      now += delayMs;
      setImmediate(resolve);
    });
  const advance = (byMs: number) => {
    now += byMs;
  };
  return { now: () => now, sleep, advance, deadline: () => new AbortController().signal, slept };
}
