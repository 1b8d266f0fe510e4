import { err, ok, type Result } from "@farthing/money";
import type { Refusal } from "./event-check.ts";
import { isList, isMembers, type Members } from "./event-data.ts";

/** A CloudEvent as an event, and how many members its text has beside those. */
export interface MappedEvent {
  readonly event: Members;
  readonly others: number;
}

/**
 * Maps a CloudEvent: `subject` is the customer; `datacontenttype`, `dataschema` and extensions are passed over.
 *
 * Errors: `invalid_event` on another version, without `source`, and on data that is not JSON.
 * Source: CloudEvents 1.0.2, and its JSON event format.
 */
export function fromCloudEvent(raw: Members): Result<MappedEvent, Refusal> {
  const { specversion, id, type, source, subject, time, data, data_base64: bytes } = raw;
  if (specversion !== "1.0") return err({ code: "invalid_event", message: 'specversion is not "1.0"' });
  if (source === undefined) return err({ code: "invalid_event", message: "source is missing" });
  if (bytes !== undefined) return err({ code: "invalid_event", message: "data is not JSON" });
  const moment = time === undefined ? {} : { time };
  const said = data === undefined ? {} : { data };
  const event = { id, type, source, customer: subject, ...moment, ...said };
  const others = countMembers(raw) - countMembers(data) - Object.keys(event).length;
  return ok({ event, others });
}

/** How many members a value and all in it have; what nests deeper than any event may is not looked at. */
function countMembers(value: unknown, depth = 0): number {
  if (depth > 40) return 0;
  if (isList(value)) return value.reduce<number>((sum, item) => sum + countMembers(item, depth + 1), 0);
  if (!isMembers(value)) return 0;
  return Object.keys(value).reduce((sum, key) => sum + 1 + countMembers(value[key], depth + 1), 0);
}
