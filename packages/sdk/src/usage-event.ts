import { FarthingError } from "./farthing-error.ts";

/** What a product tells Farthing: somebody used something. */
export interface UsageEvent {
  /** What makes the event one of a kind for its customer and source. Left out, it is a random UUID. */
  readonly id?: string;
  /** What meters listen for; `charge` is a price by itself. */
  readonly type: string;
  readonly customer: string;
  /** When it happened. Left out, it is the moment that it was tracked. */
  readonly time?: string | Date;
  readonly source?: string;
  /** Flat or nested JSON, 8 KB at most. Give exact quantities and amounts as decimal strings; a bigint travels as one. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** An event as it will be sent, every time: its text is fixed. */
export interface PreparedEvent {
  readonly id: string;
  /** The JSON of the event, byte for byte. */
  readonly text: string;
  /** The event's own time, for sorting. */
  readonly timeMs: number;
  readonly bytes: number;
}

/** Where the parts that an event leaves out come from. */
export interface Origin {
  readonly now: number;
  readonly newId: () => string;
}

const utf8 = new TextEncoder();

/**
 * Fixes an event: gives it an id and a time where it has none, and its bytes.
 *
 * Errors: throws `FarthingError` with `invalid_event` for what JSON cannot carry as it is meant (not finite, circular) or
 * what the types forbid. The rest is for the API to judge.
 */
export function prepareEvent(event: UsageEvent, { now, newId }: Origin): PreparedEvent {
  if (typeof event !== "object" || event === null) throw invalid("an event is an object");
  if (typeof event.type !== "string" || event.type === "") throw invalid("an event needs a type");
  if (typeof event.customer !== "string" || event.customer === "") throw invalid("an event needs a customer");

  const id = event.id ?? newId();
  const time = timeOf(event.time, now);
  const text = stringify({
    id,
    type: event.type,
    customer: event.customer,
    time,
    source: event.source,
    data: event.data,
  });
  return fixedEvent(id, text, Date.parse(time));
}

/** An event whose text is already fixed, as an importer has it. */
export function fixedEvent(id: string, text: string, timeMs: number): PreparedEvent {
  return { id, text, timeMs: Number.isNaN(timeMs) ? 0 : timeMs, bytes: utf8.encode(text).byteLength };
}

function timeOf(time: string | Date | undefined, now: number): string {
  if (typeof time === "string") return time;
  const at = time ?? new Date(now);
  if (Number.isNaN(at.getTime())) throw invalid("the time of an event is not a date");
  return at.toISOString();
}

function stringify(content: unknown): string {
  try {
    return JSON.stringify(content, exactly);
  } catch (cause) {
    if (cause instanceof FarthingError) throw cause;
    throw invalid(`an event must be JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** JSON writes NaN and infinities as null, which would bill nothing without a word. */
function exactly(name: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value))
    throw invalid(`"${name}" is ${value}, which JSON cannot carry`);
  return value;
}

function invalid(message: string): FarthingError {
  return new FarthingError(message, { code: "invalid_event" });
}
