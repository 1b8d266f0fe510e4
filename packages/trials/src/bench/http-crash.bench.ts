import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { LocalFarthing } from "../support/local-farthing.ts";
import { format, type HarnessEvent, parse } from "./http-format.ts";
import type { PeerHarness } from "./peer-harness.ts";

/** A crash in the middle of a load, and what was there after it. */
export interface CrashOutcome {
  readonly acknowledgedEvents: number;
  readonly restartMs: number;
  readonly replayErrors: number;
  /** Whether everything that was answered was there after the restart, and everything once after the replay. */
  readonly nothingLost: boolean;
  readonly exact: boolean;
}

interface Workload {
  fresh?: number;
  batches(size: number): Iterator<readonly HarnessEvent[]>;
  event(index: number): HarnessEvent;
  expected(): { readonly totalQty: number; readonly digest: string };
}

const load = { events: 100_000, customers: 200, dup: 0.05, seed: 1, times: "live", hours: 24, dupWindow: 5000 };
const connections = 4;

/**
 * The harness's crash: a load is broken off by the death of everything at once, everything starts again on what it left, and
 * all batches are sent from the first on, as by a client that lost its own state.
 */
export async function crash(
  harness: PeerHarness,
  farthing: LocalFarthing,
  totals: () => Promise<ReadonlyMap<string, number>>,
): Promise<CrashOutcome> {
  const { Workload: Load } = (await import(join(harness.dir, "lib/events.mjs"))) as {
    Workload: new (asked: object) => Workload;
  };
  const periodStart = Math.floor(Date.now() / 3_600_000 - 24) * 3_600_000;
  const again = () => new Load({ ...load, periodStart });
  const acknowledged = new Map<string, number>();
  let dead = false;
  const sending = sendAll(farthing, again().batches(500), (events, errors) => {
    if (errors === 0) for (const { id, qty } of events) acknowledged.set(id, qty);
    return !dead;
  });
  await wait(1_500);
  dead = true;
  await farthing.killAll();
  await sending;

  const began = performance.now();
  await farthing.startAgain();
  const restartMs = Math.round(performance.now() - began);
  const kept = sum((await totals()).values());
  const all = again();
  let replayErrors = 0;
  await sendAll(farthing, all.batches(500), (_, errors) => {
    replayErrors += errors;
    return true;
  });
  const { totalQty, digest } = all.expected();
  const after = await totals();
  return {
    acknowledgedEvents: acknowledged.size,
    restartMs,
    replayErrors,
    nothingLost: kept >= sum(acknowledged.values()),
    exact: sum(after.values()) === totalQty && (await harness.digestOf(after)) === digest,
  };
}

/** Sends batches over a few connections for as long as `heard` wants more. */
async function sendAll(
  { api, keys }: LocalFarthing,
  batches: Iterator<readonly HarnessEvent[]>,
  heard: (events: readonly HarnessEvent[], errors: number) => boolean,
): Promise<void> {
  const connection = async () => {
    for (let next = batches.next(); !next.done; next = batches.next()) {
      const [body, path] = format(next.value);
      const headers = { authorization: `Bearer ${keys.ingest}`, "content-type": "application/json" };
      const errors = await fetch(`${api}${path}`, { method: "POST", headers, body }).then(
        async (answer) => parse(answer.status, await answer.text(), next.value ?? []).errors,
        () => 1,
      );
      if (!heard(next.value, errors ?? 0)) return;
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
