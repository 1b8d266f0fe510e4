import type { ConnectionOptions } from "./connection.ts";
import { type BatchSize, requestLimits } from "./event-batch.ts";
import type { BufferRoom } from "./event-buffer.ts";
import type { FarthingError } from "./farthing-error.ts";
import { newId } from "./new-id.ts";
import type { UsageEvent } from "./usage-event.ts";

/** An event that will not be billed, and why: refused by the API, or here (`invalid_event`, `closed`). */
export interface RejectedEvent {
  readonly event: UsageEvent;
  readonly code: string;
  readonly message: string;
}

/** Everything that a `Farthing` can be told. */
export interface FarthingOptions extends ConnectionOptions {
  /** When a batch is full. Default 500 events or 1 MB. */
  readonly batch?: Partial<BatchSize>;
  /** How long an event may wait for its batch to fill. Default 1 s. */
  readonly intervalMs?: number;
  /** How much is held, on its way included, before `track` makes callers wait. Default 10,000 events or 32 MB. */
  readonly buffer?: Partial<BufferRoom>;
  /** Batches on their way at once. Default 4. */
  readonly concurrency?: number;
  /** How long to leave the API alone after a batch failed for good. Default 30 s; a flush does not wait for it. */
  readonly restMs?: number;
  /** Hears of every event that will not be billed. Left out, a line without the event's data goes to `console.error`. */
  readonly onRejected?: (rejected: RejectedEvent) => void;
  /** Hears of events that were kept with a warning, such as `unmetered`. */
  readonly onWarning?: (warned: RejectedEvent) => void;
  /** Hears of every batch that could not be delivered; its events are still held. Left out, a line goes to `console.error`. */
  readonly onError?: (error: FarthingError, held: { readonly pending: number }) => void;
  /** Makes the id of an event that has none. Default: a random UUID. */
  readonly newId?: () => string;
}

/** How a `Farthing` batches, with the defaults filled in. */
export interface BatchingRules {
  readonly batch: BatchSize;
  readonly buffer: BufferRoom;
  readonly intervalMs: number;
  readonly concurrency: number;
  readonly restMs: number;
  readonly newId: () => string;
  readonly onRejected: (rejected: RejectedEvent) => void;
  readonly onWarning: (warned: RejectedEvent) => void;
  readonly onError: (error: FarthingError, held: { readonly pending: number }) => void;
}

/** Fills in the defaults. Errors: a `RangeError` for a batch that no request can hold. */
export function batchingRules(options: FarthingOptions): BatchingRules {
  const batch = { events: 500, bytes: 1_000_000, ...options.batch };
  inRange("batch.events", batch.events, requestLimits.events);
  inRange("batch.bytes", batch.bytes, requestLimits.bytes - 1_000);
  const buffer = { events: 10_000, bytes: 32_000_000, ...options.buffer };
  inRange("buffer.events", buffer.events, Number.MAX_SAFE_INTEGER);
  const concurrency = options.concurrency ?? 4;
  inRange("concurrency", concurrency, 64);
  return {
    batch,
    buffer,
    concurrency,
    intervalMs: options.intervalMs ?? 1_000,
    restMs: options.restMs ?? 30_000,
    newId: options.newId ?? newId,
    onRejected: options.onRejected ?? logRejected,
    onWarning: options.onWarning ?? (() => {}),
    onError: options.onError ?? logError,
  };
}

function inRange(name: string, value: number, most: number): void {
  if (!(value >= 1 && value <= most))
    throw new RangeError(`Farthing: ${name} is ${value}, and must be from 1 to ${most}.`);
}

function logRejected({ event, code }: RejectedEvent): void {
  console.error(`Farthing: event ${JSON.stringify(event?.id ?? null)} was rejected: ${code}`);
}

function logError(error: FarthingError, { pending }: { readonly pending: number }): void {
  console.error(`Farthing: a batch was not delivered (${error.code}); ${pending} events are held`);
}
