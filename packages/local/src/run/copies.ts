import type { Instance } from "./instance.ts";

/** The copies of one function: who is free, who waits. */
export interface Copies {
  /** A copy of one's own; waits in line while as many as allowed are at work. Undefined once stopped. */
  acquire(): Promise<Instance | undefined>;
  release(instance: Instance): void;
  /** Ends the copy that has been idle longest; false when none is idle. */
  retire(): boolean;
  idleSince(): number | undefined;
  /** How many are warm or at work. */
  count(): number;
  /** How many invocations run or wait. */
  busy(): number;
  stop(): Promise<void>;
}

interface Idle {
  readonly instance: Instance;
  readonly since: number;
}

class Pool implements Copies {
  readonly #limit: number;
  readonly #start: () => Instance;
  readonly #idle: Idle[] = [];
  readonly #waiting: ((instance: Instance | undefined) => void)[] = [];
  readonly #all = new Set<Instance>();
  #running = 0;
  #stopped = false;

  constructor(limit: number, start: () => Instance) {
    this.#limit = limit;
    this.#start = start;
  }

  async acquire(): Promise<Instance | undefined> {
    if (this.#stopped) return undefined;
    const free = this.#take();
    if (free === undefined) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#running++;
    return free;
  }

  release(instance: Instance): void {
    const next = this.#waiting.shift();
    if (!instance.alive()) this.#all.delete(instance);
    if (next !== undefined) {
      next(instance.alive() ? instance : this.#add());
      return;
    }
    this.#running--;
    if (instance.alive()) this.#idle.push({ instance, since: Date.now() });
  }

  retire(): boolean {
    const oldest = this.#idle.shift();
    if (oldest === undefined) return false;
    this.#all.delete(oldest.instance);
    void oldest.instance.end();
    return true;
  }

  idleSince(): number | undefined {
    return this.#idle[0]?.since;
  }

  count(): number {
    return this.#all.size;
  }

  busy(): number {
    return this.#running + this.#waiting.length;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wake of this.#waiting.splice(0)) wake(undefined);
    await Promise.all([...this.#all].map((instance) => instance.end()));
  }

  #add(): Instance {
    const instance = this.#start();
    this.#all.add(instance);
    return instance;
  }

  #take(): Instance | undefined {
    for (let free = this.#idle.pop(); free !== undefined; free = this.#idle.pop()) {
      if (free.instance.alive()) return free.instance;
      this.#all.delete(free.instance);
    }
    return this.#running < this.#limit ? this.#add() : undefined;
  }
}

/** Keeps at most so many copies, each started when it is first needed. */
export function createCopies(limit: number, start: () => Instance): Copies {
  return new Pool(limit, start);
}
