import type { Connection } from "./connection.ts";
import { type Delivery, deliverEvents } from "./deliver-events.ts";
import { cutBatches } from "./event-batch.ts";
import type { EventBuffer } from "./event-buffer.ts";
import { FarthingError } from "./farthing-error.ts";
import type { BatchingRules } from "./farthing-options.ts";
import type { PreparedEvent } from "./usage-event.ts";

/** What a dispatcher works with. */
export interface Dispatch<T extends PreparedEvent> {
  readonly connection: Connection;
  readonly rules: BatchingRules;
  readonly buffer: EventBuffer<T>;
  /** Whether somebody waits for everything to leave, so that no batch may wait to fill. */
  readonly isUrgent: () => boolean;
  readonly onDelivery: (batch: readonly T[], delivery: Delivery<T>) => void;
}

/** Decides when a batch leaves: when it is full, due or urgent, a few at a time, and after a failure not before a rest. */
export class Dispatcher<T extends PreparedEvent> {
  readonly #dispatch: Dispatch<T>;
  #cut: T[][] = [];
  #failed: T[][] = [];
  #sending = 0;
  #due = false;
  #resting = false;
  #stopped = false;
  #interval: AbortController | undefined;
  #rest: AbortController | undefined;

  constructor(dispatch: Dispatch<T>) {
    this.#dispatch = dispatch;
  }

  /** Whether nothing is on its way. */
  get isIdle(): boolean {
    return this.#sending === 0;
  }

  /** Starts what may start: new batches first, so that one that always fails does not hold up the others. */
  pump(): void {
    while (!this.#resting && this.#sending < this.#dispatch.rules.concurrency) {
      if (this.#cut.length === 0 && this.#isWanted()) this.#cutReady();
      const batch = this.#cut.shift() ?? this.#failed.shift();
      if (batch === undefined) break;
      this.#sending++;
      void this.#send(batch);
    }
    if (this.#dispatch.buffer.readyEvents > 0) this.#awaitInterval();
  }

  /** Ends the rest after a failure. */
  resume(): void {
    this.#resting = false;
    this.#rest?.abort();
  }

  /** Lets nothing start by itself any more; no timer is left. */
  stop(): void {
    this.#stopped = true;
    this.#interval?.abort();
    this.#rest?.abort();
  }

  #isWanted(): boolean {
    const { readyEvents, readyBytes } = this.#dispatch.buffer;
    const { events, bytes } = this.#dispatch.rules.batch;
    return readyEvents > 0 && (this.#due || readyEvents >= events || readyBytes >= bytes || this.#dispatch.isUrgent());
  }

  #cutReady(): void {
    this.#cut = cutBatches(this.#dispatch.buffer.takeAll(), this.#dispatch.rules.batch);
    this.#due = false;
    this.#interval?.abort();
    this.#interval = undefined;
  }

  async #send(batch: T[]): Promise<void> {
    const delivery = await deliverEvents(this.#dispatch.connection, batch).catch((cause) => broken(batch, cause));
    this.#sending--;
    if (delivery.error) {
      this.#failed.push([...delivery.unsent]);
      this.#startRest();
    }
    this.#dispatch.onDelivery(batch, delivery);
  }

  #startRest(): void {
    if (this.#resting) return;
    this.#resting = true;
    if (this.#stopped) return;
    this.#rest = this.#after(this.#dispatch.rules.restMs, () => {
      this.#resting = false;
    });
  }

  #awaitInterval(): void {
    if (this.#stopped) return;
    this.#interval ??= this.#after(this.#dispatch.rules.intervalMs, () => {
      this.#interval = undefined;
      this.#due = this.#dispatch.buffer.readyEvents > 0;
    });
  }

  #after(delayMs: number, act: () => void): AbortController {
    const timer = new AbortController();
    void this.#dispatch.connection.clock.sleep(delayMs, timer.signal).then(() => {
      if (timer.signal.aborted) return;
      act();
      this.pump();
    });
    return timer;
  }
}

/** A fault of our own or of an injected port must not lose a batch. */
function broken<T>(batch: readonly T[], cause: unknown): Delivery<T> {
  const error = new FarthingError(`the batch could not be sent: ${String(cause)}`, { code: "not_sent", cause });
  return { accepted: 0, duplicates: 0, rejected: [], warnings: [], unsent: batch, error };
}
