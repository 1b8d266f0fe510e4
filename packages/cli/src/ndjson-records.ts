import { fixedEvent } from "@farthing/sdk";
import { type FileLine, textOf } from "./file-lines.ts";
import { type EventDefaults, type ImportEvent, type ImportRecord, problemRecord } from "./import-record.ts";

/**
 * Makes an event of each line of JSON. The text of a line is kept as it is, so that no number loses a digit; only what an
 * event leaves out is put in front. Empty lines are passed over.
 */
export async function* ndjsonRecords(
  lines: AsyncIterable<FileLine>,
  defaults: EventDefaults,
): AsyncGenerator<ImportRecord, void> {
  for await (const line of lines) {
    const text = textOf(line)?.trim();
    if (text === "" && line.bytes !== undefined) continue;
    const made =
      text === undefined || line.bytes === undefined ? notRead(line) : ndjsonEvent(text, line.number, defaults);
    if (typeof made === "string") yield problemRecord(line, made);
    else yield { start: line.start, end: line.end, line: line.number, event: made };
  }
}

/** Makes an event of a line, or says why it cannot. */
export function ndjsonEvent(text: string, line: number, defaults: EventDefaults): ImportEvent | string {
  const content = parse(text);
  if (content === undefined) return "not JSON";
  if (typeof content !== "object" || content === null || Array.isArray(content)) return "not a JSON object";
  const { id, type, customer, time, source } = content as Record<string, unknown>;
  if (typeof customer !== "string" || customer === "") return "the event names no customer";
  if (type === undefined && defaults.type === undefined) return "the event has no type, and --type names none";

  const added = {
    id: id === undefined ? `${defaults.idPrefix}:${line}` : undefined,
    type: type === undefined ? defaults.type : undefined,
    source: source === undefined ? defaults.source : undefined,
  };
  const front = JSON.stringify(added).slice(0, -1);
  const whole = front === "{" ? text : `${front},${text.slice(1).trimStart()}`;
  const known = typeof id === "string" ? id : (added.id ?? "");
  return { ...fixedEvent(known, whole, typeof time === "string" ? Date.parse(time) : 0), line, customer };
}

function notRead({ bytes }: FileLine): string {
  return bytes === undefined ? "the line is too long" : "not UTF-8";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
