import { cachedShardPlans, type ShardPlans } from "@farthing/metering";
import type { Clock } from "@farthing/money";
import type { Random } from "./random.ts";

/** A warm function: one process at a time runs in it, by its clock, and finds the shard plan that an earlier one read. */
export interface Container {
  readonly clock: Clock;
  readonly skewMs: number;
  readonly plans: ShardPlans;
  /** The store that the running process reads plans from. */
  reads: ShardPlans;
  busy: boolean;
}

/** The warm functions of a history. */
export class Containers {
  readonly #all: Container[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Finds an idle container whose clock is off by so much, or makes one. */
  take(skewMs: number, store: ShardPlans): Container {
    const idle = this.#all.find((container) => !container.busy && container.skewMs === skewMs);
    const container = idle ?? this.#make(skewMs, store);
    container.busy = true;
    return container;
  }

  /** Gives a container back, or away where its process died in it. */
  release(container: Container, { died }: { readonly died: boolean }): void {
    container.busy = false;
    if (died) this.#all.splice(this.#all.indexOf(container), 1);
  }

  #make(skewMs: number, store: ShardPlans): Container {
    const clock = { now: () => this.#now() + skewMs };
    const reads: ShardPlans = {
      shardPlan: (merchant, how) => container.reads.shardPlan(merchant, how),
      startShardPlan: (merchant, plan) => container.reads.startShardPlan(merchant, plan),
      changeShardPlan: (merchant, from, to) => container.reads.changeShardPlan(merchant, from, to),
      merchants: (after) => container.reads.merchants(after),
    };
    const container: Container = { clock, skewMs, plans: cachedShardPlans(reads, clock), reads: store, busy: false };
    this.#all.push(container);
    return container;
  }
}

/** How far the clocks of functions are off. Units: milliseconds. */
export function drawSkewMs(random: Random): number {
  return random.pick([-2_000, -1_000, 0, 0, 1_000, 2_000]);
}
