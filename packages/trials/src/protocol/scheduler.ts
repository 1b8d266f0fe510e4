import { brief, callText } from "./call-text.ts";
import { drained } from "./drained.ts";
import type { Random } from "./random.ts";
import type { Stores } from "./stores.ts";

/** How a process ended. */
export type Ending = "done" | "failed" | "died";

/** What a process does. */
export type ProcKind = "writer" | "hours" | "marks" | "sweep" | "settle" | "reader" | "admin";

/** One run of product code, which reaches its stores only when the scheduler lets it. */
export interface Proc {
  readonly kind: ProcKind;
  readonly name: string;
  /** The client's request that it works on. */
  readonly request: number | undefined;
  /** It runs: it neither ended nor died. */
  alive: boolean;
  /** It died: nothing reaches it any more, though what it sent may still reach the stores. */
  dead: boolean;
}

/** A store call that a process waits for. */
export interface StoreCall {
  readonly proc: Proc;
  readonly port: keyof Stores;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly run: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** The clock after which a call of a dead process is given up. Units: milliseconds. */
  dropAt?: number;
}

/** A fault that the test made: product code may end by it, and by nothing else. */
export class StoreFault extends Error {}

/**
 * How a call may fail: its process dies, the store refuses, it acts and its answer is lost, or a client library sends it again
 * because the first answer was lost, and passes on the second.
 */
export const faults = ["dies before", "dies after", "refused", "answer lost", "sent twice"] as const;

/** How a call may fail. */
export type Fault = (typeof faults)[number];

/** One call of a history that fails. */
export interface FailingCall {
  /** Its number in the order of calls, from 1. */
  readonly call: number;
  readonly fault: Fault;
}

/** How long a request that its process sent before it died may still be under way. Units: milliseconds. */
const inFlightMs = 5_000;

/** What a scheduler is made with. */
export interface SchedulerOptions {
  readonly random: Random;
  /** The true time. Units: milliseconds. */
  readonly now: () => number;
  readonly failing?: FailingCall | undefined;
  /** Told of every call that reached its store, after it. */
  readonly onEffect: (call: StoreCall, result: unknown) => void;
  /** Told of every step in words, where a trace is wanted. */
  readonly trace?: ((line: () => string) => void) | undefined;
}

/** Lets one store call at a time happen, in an order and with faults that a seed chooses. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  #waiting: StoreCall[] = [];
  #last: Proc | undefined;
  /** How many steps were taken: the logical time of a history. */
  step = 0;
  /** How many calls were made. */
  calls = 0;
  /** How likely a call meets a fault. */
  faultRate = 0;
  /** How likely the process that ran last runs on. */
  burst = 0;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** How many calls wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Starts a process, and runs it up to its first store calls. */
  async start(
    { kind, request }: Pick<Proc, "kind" | "request">,
    body: (proc: Proc) => Promise<void>,
    ended: (how: Ending, error?: Error) => void,
  ): Promise<void> {
    this.step += 1;
    const name = `${kind}@${this.step}`;
    const proc: Proc = { kind, name, request, alive: true, dead: false };
    this.#say(() => `${name} starts`);
    const finish = (how: Ending, error?: Error) => {
      if (!proc.alive) return;
      proc.alive = false;
      this.#say(() => `${name} ${how === "done" ? "is done" : `fails: ${error?.message}`}`);
      ended(how, error);
    };
    this.#deaths.set(proc, () => ended("died"));
    body(proc).then(
      () => finish("done"),
      (error: unknown) => finish("failed", error instanceof Error ? error : new Error(String(error))),
    );
    await drained();
  }

  readonly #deaths = new WeakMap<Proc, () => void>();

  /** Makes a process wait for its turn before a store call. */
  call(call: Omit<StoreCall, "resolve" | "reject">): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...call, resolve, reject });
    });
  }

  /** Lets one of the waiting calls happen. */
  async next(): Promise<void> {
    const index = this.#choose();
    const call = this.#waiting[index];
    if (call === undefined) return;
    this.#waiting.splice(index, 1);
    this.step += 1;
    if (call.dropAt !== undefined && call.dropAt < this.#options.now()) return;
    if (call.proc.alive) this.#last = call.proc;
    this.calls += 1;
    await this.#perform(call, call.proc.alive ? this.#fault() : undefined);
    await drained();
  }

  #choose(): number {
    const { random } = this.#options;
    if (this.#last !== undefined && random.chance(this.burst)) {
      const own = this.#waiting.findIndex(({ proc }) => proc === this.#last);
      if (own >= 0) return own;
    }
    return random.below(this.#waiting.length);
  }

  #fault(): Fault | undefined {
    const { random, failing } = this.#options;
    if (failing !== undefined) return failing.call === this.calls ? failing.fault : undefined;
    return this.faultRate > 0 && random.chance(this.faultRate) ? random.pick(faults) : undefined;
  }

  async #perform(call: StoreCall, fault: Fault | undefined): Promise<void> {
    if (fault === "dies before" || fault === "refused") {
      this.#say(() => `${callText(call)}: ${fault}`);
      if (fault === "refused") call.reject(new StoreFault("the store refused"));
      else this.#kill(call.proc, call);
      return;
    }
    let result: unknown;
    try {
      result = await call.run();
      if (fault === "sent twice") {
        this.#options.onEffect(call, result);
        result = await call.run();
      }
    } catch (error) {
      this.#say(() => `${callText(call)}: throws ${String(error)}`);
      call.reject(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.#options.onEffect(call, result);
    this.#say(() => `${callText(call)} = ${brief(result)}${fault === undefined ? "" : `: ${fault}`}`);
    if (call.proc.dead) return;
    if (fault === "dies after") this.#kill(call.proc);
    else if (fault === "answer lost") call.reject(new StoreFault("the answer was lost"));
    else call.resolve(result);
  }

  /** Ends a process; what it had sent already may still arrive for a few seconds. */
  #kill(proc: Proc, unsent?: StoreCall): void {
    const { random, now } = this.#options;
    proc.alive = false;
    proc.dead = true;
    const sent = this.#waiting.filter((call) => call.proc === proc);
    if (unsent !== undefined) sent.push(unsent);
    const late = new Set(sent.filter(() => random.chance(0.3)));
    this.#waiting = this.#waiting.filter((call) => call.proc !== proc || late.has(call));
    if (unsent !== undefined && late.has(unsent)) this.#waiting.push(unsent);
    for (const call of late) call.dropAt = now() + inFlightMs;
    this.#deaths.get(proc)?.();
  }

  #say(line: () => string): void {
    this.#options.trace?.(line);
  }
}
