import { ok, type Result } from "@farthing/money";
import type { ParsedEvent, RejectedEvent } from "./event.ts";
import { type BodyKind, type NotEvents, type RawEvent, readBody } from "./event-body.ts";
import { EventCheck, type Refusal } from "./event-check.ts";
import { fromCloudEvent } from "./event-cloud.ts";
import { EventCopies } from "./event-copies.ts";
import { isMembers } from "./event-data.ts";
import { RefusedEvents } from "./refused-events.ts";
import type { RejectedRequest } from "./rejections.ts";

/** How far back events are taken outside of a backfill: 35 days. */
export const pastMs = 35 * 86_400_000;

/** How far ahead of the clock events are taken: 5 minutes. */
export const aheadMs = 5 * 60_000;

/** What a request says beside its body. Units: milliseconds since 1970. */
export interface ParseOptions {
  readonly kind: BodyKind;
  /** The time of events that name none. */
  readonly receivedAt: number;
  /** The clock that times are held against. */
  readonly now: number;
  /** Takes events of any age. */
  readonly backfill: boolean;
}

/** The events of a request. */
export interface ParsedEvents {
  readonly events: readonly ParsedEvent[];
  /** Where each event stood in the request. */
  readonly indexes: readonly number[];
  /** The first refused events, at most 1,000 of `rejectedCount`. */
  readonly rejected: readonly RejectedEvent[];
  readonly rejectedCount: number;
  /** What is remembered of the refused events. */
  readonly refused: Pick<RejectedRequest, "events" | "counts">;
  /** How many exact copies of events of the same request were left out. */
  readonly duplicates: number;
}

/**
 * Parses the events of a request; each stands or falls alone.
 *
 * Errors: `too_deep`, `invalid_json`, `too_many_events` for the body as a whole; each refused event has its own code.
 */
export function parseEvents(text: string, options: ParseOptions): Result<ParsedEvents, NotEvents> {
  const body = readBody(text, options.kind);
  if (!body.ok) return body;
  const check = new EventCheck({
    receivedAt: options.receivedAt,
    earliest: options.backfill ? 0 : Math.max(0, options.now - pastMs),
    latest: options.now + aheadMs,
  });
  const read = options.kind.startsWith("cloudevents") ? readCloudEvent : readEvent;
  const copies = new EventCopies();
  const [events, indexes]: [ParsedEvent[], number[]] = [[], []];
  const refused = new RefusedEvents();
  let duplicates = 0;
  body.value.forEach((raw, index) => {
    const result = read(check, raw);
    if (!result.ok) refused.add(index, raw.value, result.error);
    else if (copies.seen(result.value)) duplicates++;
    else {
      events.push(result.value);
      indexes.push(index);
    }
  });
  return ok({ events, indexes, ...refused.answer, refused: refused.refused, duplicates });
}

function readEvent(check: EventCheck, raw: RawEvent): Result<ParsedEvent, Refusal> {
  return isMembers(raw.value) ? check.check(raw.value, raw) : noObject;
}

function readCloudEvent(check: EventCheck, raw: RawEvent): Result<ParsedEvent, Refusal> {
  if (!isMembers(raw.value)) return noObject;
  const mapped = fromCloudEvent(raw.value);
  return mapped.ok ? check.check(mapped.value.event, raw, mapped.value.others) : mapped;
}

const noObject: Result<never, Refusal> = {
  ok: false,
  error: { code: "invalid_event", message: "an event is a JSON object" },
};
