import type { Instance } from "./instance.ts";

/** How many copies a function has at most, and how many invocations each of them bears at once. */
export interface CopyLimits {
  readonly copies: number;
  readonly atOnce: number;
  /** How many are started before anybody needs them, and never retired. */
  readonly kept?: number;
}

/** The copies of one function: who is free, who waits. */
export interface Copies {
  /** A place in a copy; waits in line while as many as allowed are at work. Undefined once stopped. */
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

interface Warm {
  readonly instance: Instance;
  load: number;
  idleSince: number;
}

class Pool implements Copies {
  readonly #limits: CopyLimits;
  readonly #start: () => Instance;
  readonly #warm: Warm[] = [];
  readonly #waiting: ((instance: Instance | undefined) => void)[] = [];
  #stopped = false;

  constructor(limits: CopyLimits, start: () => Instance) {
    this.#limits = limits;
    this.#start = start;
    for (let copy = 0; copy < (limits.kept ?? 0); copy++) this.#add();
  }

  async acquire(): Promise<Instance | undefined> {
    if (this.#stopped) return undefined;
    const free = this.#take();
    return free ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(instance: Instance): void {
    const warm = this.#warm.find((candidate) => candidate.instance === instance);
    if (warm !== undefined) warm.load--;
    this.#bury();
    if (warm?.load === 0 && instance.alive()) {
      // Last in line: what has been idle longest is retired first.
      warm.idleSince = Date.now();
      this.#warm.splice(this.#warm.indexOf(warm), 1);
      this.#warm.push(warm);
    }
    while (this.#waiting.length > 0 && !this.#stopped) {
      const free = this.#take();
      if (free === undefined) return;
      this.#waiting.shift()?.(free);
    }
  }

  retire(): boolean {
    const oldest = this.#retirable();
    if (oldest === undefined) return false;
    this.#warm.splice(this.#warm.indexOf(oldest), 1);
    void oldest.instance.end();
    return true;
  }

  idleSince(): number | undefined {
    return this.#retirable()?.idleSince;
  }

  count(): number {
    return this.#warm.length;
  }

  busy(): number {
    return this.#warm.reduce((sum, { load }) => sum + load, this.#waiting.length);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wake of this.#waiting.splice(0)) wake(undefined);
    await Promise.all(this.#warm.map(({ instance }) => instance.end()));
  }

  /** Room in a copy, in the busiest that has some: what runs together there shares its writes. */
  #take(): Instance | undefined {
    this.#bury();
    const open = this.#warm.filter(({ load }) => load < this.#limits.atOnce);
    let warm = open.findLast(({ load }) => load === Math.max(...open.map((other) => other.load)));
    if (warm === undefined && this.#warm.length < this.#limits.copies) warm = this.#add();
    if (warm !== undefined) warm.load++;
    return warm?.instance;
  }

  #add(): Warm {
    const warm = { instance: this.#start(), load: 0, idleSince: 0 };
    this.#warm.push(warm);
    return warm;
  }

  /** The copy that has been idle longest, of those that need not be kept. */
  #retirable(): Warm | undefined {
    return this.#warm.length > (this.#limits.kept ?? 0) ? this.#warm.find(({ load }) => load === 0) : undefined;
  }

  /** Forgets copies that are gone. */
  #bury(): void {
    for (let at = this.#warm.length - 1; at >= 0; at--) if (!this.#warm[at]?.instance.alive()) this.#warm.splice(at, 1);
  }
}

/** Keeps at most so many copies, each started when it is first needed. */
export function createCopies(limits: CopyLimits, start: () => Instance): Copies {
  return new Pool(limits, start);
}
