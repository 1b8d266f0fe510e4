import { err, ok, type Result } from "@farthing/money";
import type { Written } from "./event-check.ts";
import { isCompact } from "./event-compact.ts";
import { isList, isMembers } from "./event-data.ts";
import { type NotJson, parseExactJson, parseJson } from "./event-json.ts";
import { type EventText, scanValues } from "./event-scan.ts";
import { deeperThan } from "./json-depth.ts";

/** How the events of a request are written. */
export type BodyKind = "json" | "ndjson" | "cloudevents" | "cloudevents-batch";

/** One event of a body: its value, undefined where it is no JSON, and what its text says beside. */
export interface RawEvent extends Written {
  readonly value: unknown;
}

/** More events than a request may have. */
export interface TooManyEvents {
  readonly code: "too_many_events";
  readonly limit: number;
}

/** A body that is no list of events. */
export interface NoEvents {
  readonly code: "invalid_json";
  readonly message: string;
}

/** A body, or a line of one, nests more levels than are read. */
export interface TooDeep {
  readonly code: "too_deep";
}

/** Why a body as a whole is refused. */
export type NotEvents = TooDeep | NoEvents | TooManyEvents;

/** How many events a request may have. */
export const maxEvents = 10_000;

/** How many levels a body may nest, or a line of one. */
export const maxBodyDepth = 1000;

/** Longer text is looked at before it is parsed: what shorter text comes to, nested as deeply as it can, fits in 64 MB. */
const parsedUnseen = 1024 * 1024;

/**
 * Finds the events of a body, each with its numbers exact.
 *
 * Errors, in this order: `too_deep`, `invalid_json` on text that is no JSON or no list of events, `too_many_events`. A bad line
 * of NDJSON is no failure of the body: its value is undefined.
 */
export function readBody(text: string, kind: BodyKind): Result<readonly RawEvent[], NotEvents> {
  const wellFormed = text.isWellFormed();
  if (kind === "ndjson") return readLines(text, wellFormed);
  const read = readJson(text, wellFormed);
  if (!read.ok) return read.error.code === "too_deep" ? err(read.error) : err(noEvents("the body is not JSON"));
  const { value: body, compact } = read.value;
  const found = eventsIn(body, kind);
  if (found === undefined) return err(noEvents("the body is no event and no list of events"));
  if (found.values.length > maxEvents) return err(tooMany);
  if (compact) return ok(found.values.map(asWritten));
  const scan = scanValues(text, found.form === "single" ? 0 : text.indexOf("[") + 1, found.values.length);
  const rest = text.slice(scan.end + 1).trim();
  if (scan.texts.length !== found.values.length || rest !== (found.form === "wrapped" ? "}" : ""))
    return err(noEvents("a key of the body occurs twice"));
  return ok(found.values.map((value, i) => rawEvent(text, value, scan.texts[i], wellFormed)));
}

interface ReadJson {
  readonly value: unknown;
  readonly compact: boolean;
}

/** Reads JSON, and finds out whether it is compact: such text nests no deeper than events do, and its depth is not counted. */
function readJson(text: string, wellFormed: boolean): Result<ReadJson, TooDeep | NotJson> {
  if (text.length > parsedUnseen && deeperThan(text, maxBodyDepth)) return err(tooDeep);
  const parsed = parseJson(text);
  const compact = parsed.ok && wellFormed && isCompact(text, parsed.value);
  if (!compact && deeperThan(text, maxBodyDepth)) return err(tooDeep);
  return parsed.ok ? ok({ value: parsed.value, compact }) : parsed;
}

function asWritten(value: unknown): RawEvent {
  return { value, members: undefined, escaped: false };
}

interface Found {
  readonly form: "single" | "list" | "wrapped";
  readonly values: readonly unknown[];
}

function eventsIn(body: unknown, kind: BodyKind): Found | undefined {
  if (isList(body)) return kind === "cloudevents" ? undefined : { form: "list", values: body };
  if (!isMembers(body) || kind === "cloudevents-batch") return undefined;
  const { events } = body;
  if (kind === "cloudevents" || !isList(events)) return { form: "single", values: [body] };
  return Object.keys(body).length === 1 ? { form: "wrapped", values: events } : undefined;
}

function rawEvent(body: string, value: unknown, text: EventText | undefined, wellFormed: boolean): RawEvent {
  if (text === undefined) return notJson;
  const { start, end, members, longNumber } = text;
  const exact = longNumber ? parseExactJson(body.slice(start, end), value) : value;
  return { value: exact, members, escaped: text.escaped || !wellFormed };
}

/** Reads one event a line; blank lines are none. */
function readLines(text: string, wellFormed: boolean): Result<readonly RawEvent[], TooDeep | TooManyEvents> {
  const events: RawEvent[] = [];
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end).trim();
    start = end + 1;
    if (line === "") continue;
    if (events.length === maxEvents) return err(tooMany);
    const read = readJson(line, wellFormed);
    if (!read.ok && read.error.code === "too_deep") return err(read.error);
    if (!read.ok) events.push(notJson);
    else if (read.value.compact) events.push(asWritten(read.value.value));
    else events.push(rawEvent(line, read.value.value, scanValues(line, 0, 1).texts[0], wellFormed));
  }
  return ok(events);
}

const tooDeep: TooDeep = { code: "too_deep" };
const tooMany: TooManyEvents = { code: "too_many_events", limit: maxEvents };
const notJson: RawEvent = { value: undefined, members: undefined, escaped: false };

function noEvents(message: string): NoEvents {
  return { code: "invalid_json", message };
}
