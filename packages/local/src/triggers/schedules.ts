import { randomUUID } from "node:crypto";
import type { Lambda } from "../run/lambda.ts";
import type { Outcome } from "../run/messages.ts";
import type { ScheduleSpec } from "../template/triggers.ts";
import { localAccount, localRegion } from "../template/world.ts";
import { readSchedule } from "./cron.ts";

/** The schedules of the local cloud. */
export interface Schedules {
  /** Fires a function's schedule now; undefined when it has none. */
  fire(name: string): Promise<Outcome> | undefined;
  stop(): void;
}

/** A timer waits at most this long; a laptop that slept past a time fires once when it wakes. */
const longestWaitMs = 60_000;

function eventOf({ ruleArn, input }: ScheduleSpec, atMs: number): unknown {
  if (input !== undefined) return input;
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: localAccount,
    time: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
    region: localRegion,
    resources: [ruleArn],
    detail: {},
  };
}

function run(spec: ScheduleSpec, target: Lambda): () => void {
  const next = readSchedule(spec.expression, Date.now());
  let due = next(Date.now());
  let timer: NodeJS.Timeout | undefined;
  function wait(): void {
    if (due === undefined) return;
    timer = setTimeout(tick, Math.min(longestWaitMs, Math.max(0, due - Date.now())));
    timer.unref();
  }
  function tick(): void {
    const now = Date.now();
    if (due !== undefined && due <= now) {
      void target.invoke(eventOf(spec, due));
      due = next(now);
    }
    wait();
  }
  wait();
  return () => clearTimeout(timer);
}

/** Starts the schedules. A firing that was missed is not made up for: the next one does what was left. */
export function startSchedules(
  specs: readonly ScheduleSpec[],
  target: (pointer: string) => Lambda,
  byThemselves: boolean,
): Schedules {
  const stops = byThemselves ? specs.map((spec) => run(spec, target(spec.target))) : [];
  return {
    fire(name) {
      const spec = specs.find((candidate) => target(candidate.target).spec.name === name);
      return spec === undefined ? undefined : target(spec.target).invoke(eventOf(spec, Date.now()));
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
