import { drawRequests } from "./draw-requests.ts";
import type { Random } from "./random.ts";
import type { SentFact } from "./sent-fact.ts";
import { drawInstants, eventHours, isNearHourEnd, type Zone, zones } from "./timeline.ts";

/** A client that sends one batch, and again until it is answered or its patience is over. */
export interface ClientRequest {
  readonly id: number;
  readonly facts: readonly SentFact[];
  /** When it is first sent, as an index of instants. */
  readonly at: number;
  /** How far the clocks of its writers are off. Units: milliseconds. */
  readonly skewMs: number;
  /** How often it is tried; endless for clients that never give up. */
  readonly tries: number;
}

/** Work that is due at an instant. */
export interface Task {
  readonly at: number;
  readonly kind:
    | "hours"
    | "marks"
    | "sweep"
    | "wake"
    | "settle"
    | "settle-due"
    | "usage"
    | "charges"
    | "grow"
    | "corrupt"
    | "meter"
    | "heal"
    | "subscribe";
  readonly shard: number;
}

/** All that a seed decides before a history begins. */
export interface Scenario {
  readonly instants: readonly number[];
  readonly zone: Zone;
  readonly interval: "month" | "day";
  readonly minimumInvoice: string;
  /** Bob is first seen in an event, or was put without a plan, or has a subscription as Ann has. */
  readonly bob: "unknown" | "idle" | "subscribed";
  readonly customersPerPage: number;
  readonly requests: readonly ClientRequest[];
  readonly tasks: readonly Task[];
  readonly faultRate: number;
  readonly burst: number;
  /** How likely the clock moves on instead of a process. */
  readonly pace: number;
}

/** Draws a small and crowded world: few identities, three hours, and everything at about the same time. */
export function drawScenario(random: Random): Scenario {
  const instants = drawInstants(random);
  const edges = instants.flatMap((instant, index) => (isNearHourEnd(instant) ? [index] : []));
  const crowds = [random.pick(edges), random.chance(0.5) ? random.pick(edges) : random.below(instants.length)];
  const someTime = () => {
    if (random.chance(0.35)) return random.below(instants.length);
    return Math.min(random.pick(crowds) + random.below(3), instants.length - 1);
  };
  return {
    instants,
    zone: random.pick(Object.keys(zones) as Zone[]),
    interval: random.pick(["month", "day"] as const),
    minimumInvoice: random.pick(["0", "0", "0.05"]),
    bob: random.pick(["unknown", "idle", "subscribed", "subscribed"] as const),
    customersPerPage: random.pick([1, 100]),
    requests: drawRequests(random, instants, someTime),
    tasks: drawTasks(random, instants, someTime),
    faultRate: random.pick([0, 0.01, 0.03, 0.06]),
    burst: random.pick([0, 0.5, 0.8, 0.95]),
    pace: random.pick([0.04, 0.08, 0.15]),
  };
}

function drawTasks(random: Random, instants: readonly number[], someTime: () => number): readonly Task[] {
  const tasks: Task[] = [];
  const grows = random.chance(0.4);
  const add = (kind: Task["kind"], least: number, most: number) => {
    for (let count = random.between(least, most); count > 0; count--) {
      tasks.push({ at: someTime(), kind, shard: grows && random.chance(0.4) ? 1 : 0 });
    }
  };
  add("hours", 2, 4);
  add("marks", 1, 3);
  add("sweep", 0, 2);
  add("wake", 0, 1);
  add("settle", 0, 2);
  add("settle-due", 0, random.chance(0.2) ? 1 : 0);
  add("usage", 1, 4);
  add("charges", 0, 1);
  if (random.chance(0.15)) {
    add("corrupt", 1, 1);
    add("heal", 0, 1);
  }
  add("subscribe", 0, random.chance(0.3) ? 2 : 0);
  add("meter", 0, random.chance(0.15) ? 2 : 0);
  if (grows) tasks.push({ at: random.below(Math.ceil(instants.length / eventHours)), kind: "grow", shard: 0 });
  return tasks.sort((a, b) => a.at - b.at);
}
