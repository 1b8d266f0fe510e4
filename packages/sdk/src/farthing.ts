import { type Connection, connect } from "./connection.ts";
import type { Delivery } from "./deliver-events.ts";
import { Dispatcher } from "./dispatcher.ts";
import { EventBuffer } from "./event-buffer.ts";
import { FarthingError, UnsentError } from "./farthing-error.ts";
import { type BatchingRules, batchingRules, type FarthingOptions, type RejectedEvent } from "./farthing-options.ts";
import { type PreparedEvent, prepareEvent, type UsageEvent } from "./usage-event.ts";

/** What became of the events so far: tracked = accepted + rejected + pending. */
export interface TrackCounts {
  readonly accepted: number;
  /** How many of the accepted are exact copies within their request. */
  readonly duplicates: number;
  readonly rejected: number;
  readonly pending: number;
}

interface Tracked extends PreparedEvent {
  readonly sequence: number;
}

interface Flush {
  readonly upTo: number;
  readonly failuresBefore: number;
  readonly resolve: (counts: TrackCounts) => void;
  readonly reject: (error: UnsentError) => void;
}

/**
 * Sends usage events in batches, each at least once and always with the same bytes, so that each is billed once.
 *
 * Every event that was tracked ends as accepted, or is told to `onRejected`, or is still held (`pending`).
 */
export class Farthing {
  readonly #connection: Connection;
  readonly #rules: BatchingRules;
  readonly #buffer: EventBuffer<Tracked>;
  readonly #dispatcher: Dispatcher<Tracked>;
  /** By sequence, oldest first. */
  readonly #unsettled = new Map<number, Tracked>();
  readonly #counts = { accepted: 0, duplicates: 0, rejected: 0 };
  #flushes: Flush[] = [];
  #sequence = 0;
  #failures = 0;
  #lastError = new FarthingError("nothing was sent", { code: "unsent" });
  #closed = false;

  constructor(options: FarthingOptions) {
    this.#connection = connect(options);
    this.#rules = batchingRules(options);
    this.#buffer = new EventBuffer(this.#rules.buffer);
    this.#dispatcher = new Dispatcher({
      connection: this.#connection,
      rules: this.#rules,
      buffer: this.#buffer,
      isUrgent: () => this.#flushes.length > 0,
      onDelivery: (batch, delivery) => this.#settle(batch, delivery),
    });
  }

  /** What became of the events so far. */
  get counts(): TrackCounts {
    return { ...this.#counts, pending: this.#unsettled.size };
  }

  /**
   * Takes an event in; resolves to its id once there is room for it in the buffer, so to await it is the back-pressure.
   *
   * Errors: rejects with `invalid_event` or `closed`, and tells `onRejected` the same, so that a call that nobody awaits is not lost.
   */
  track(event: UsageEvent): Promise<string> {
    const tracked = this.#track(event);
    // A caller who does not await this hears of it through onRejected, and must not die of it.
    tracked.catch(() => {});
    return tracked;
  }

  /** Resolves when every event tracked before is accepted or rejected. Errors: rejects with `UnsentError` when some could not be delivered. */
  flush(): Promise<TrackCounts> {
    return new Promise((resolve, reject) => {
      this.#flushes.push({ upTo: this.#sequence, failuresBefore: this.#failures, resolve, reject });
      this.#dispatcher.resume();
      this.#dispatcher.pump();
      this.#answerFlushes();
    });
  }

  /** Takes no further events, and flushes. Errors: as `flush`; what is left is still held, and another `flush` may send it. */
  async close(): Promise<TrackCounts> {
    this.#closed = true;
    this.#dispatcher.stop();
    return await this.flush();
  }

  /** The events that are held: neither accepted nor rejected yet, oldest first. */
  pending(): UsageEvent[] {
    return Array.from(this.#unsettled.values(), ({ text }) => JSON.parse(text));
  }

  async #track(event: UsageEvent): Promise<string> {
    const tracked = { ...this.#prepare(event), sequence: ++this.#sequence };
    this.#unsettled.set(tracked.sequence, tracked);
    const room = this.#buffer.add(tracked);
    this.#dispatcher.pump();
    await room;
    return tracked.id;
  }

  #prepare(event: UsageEvent): PreparedEvent {
    try {
      if (this.#closed) throw new FarthingError("this Farthing is closed", { code: "closed" });
      return prepareEvent(event, { now: this.#connection.clock.now(), newId: this.#rules.newId });
    } catch (error) {
      const code = error instanceof FarthingError ? error.code : "invalid_event";
      this.#counts.rejected++;
      tell({ event, code, message: String(error) }, this.#rules.onRejected);
      throw error;
    }
  }

  #settle(batch: readonly Tracked[], delivery: Delivery<Tracked>): void {
    const unsent = new Set(delivery.unsent);
    const settled = batch.filter((event) => !unsent.has(event));
    for (const event of settled) this.#unsettled.delete(event.sequence);
    this.#counts.accepted += delivery.accepted;
    this.#counts.duplicates += delivery.duplicates;
    this.#counts.rejected += delivery.rejected.length;
    this.#buffer.release(settled);
    this.#report(delivery);
    this.#dispatcher.pump();
    this.#answerFlushes();
  }

  #report({ rejected, warnings, error }: Delivery<Tracked>): void {
    const { onRejected, onWarning, onError } = this.#rules;
    for (const { event, code, message } of rejected) tell({ event: JSON.parse(event.text), code, message }, onRejected);
    for (const { event, code, message } of warnings) tell({ event: JSON.parse(event.text), code, message }, onWarning);
    if (error === undefined) return;
    this.#failures++;
    this.#lastError = error;
    const pending = this.#unsettled.size;
    queueMicrotask(() => onError(error, { pending }));
  }

  #answerFlushes(): void {
    const oldest = this.#unsettled.keys().next().value ?? Number.POSITIVE_INFINITY;
    this.#flushes = this.#flushes.filter((flush) => {
      if (oldest > flush.upTo) flush.resolve(this.counts);
      else if (this.#failures > flush.failuresBefore && this.#dispatcher.isIdle) flush.reject(this.#unsent(flush.upTo));
      else return true;
      return false;
    });
  }

  #unsent(upTo: number): UnsentError {
    const remaining = Array.from(this.#unsettled.keys()).filter((sequence) => sequence <= upTo).length;
    return new UnsentError(remaining, this.#lastError);
  }
}

/** Calls back apart from our own steps: a callback that throws is an uncaught error of its owner, and stops nothing here. */
function tell(remark: RejectedEvent, hear: (remark: RejectedEvent) => void): void {
  queueMicrotask(() => hear(remark));
}
