import { fixedEvent } from "@farthing/sdk";
import { type AccessLogEntry, parseAccessLogLine } from "./access-log.ts";
import type { FileLine } from "./file-lines.ts";
import { type EventDefaults, type ImportEvent, type ImportRecord, problemRecord } from "./import-record.ts";

/** Makes an event of each line of an access log: the address is the customer. Empty lines are passed over. */
export async function* accessLogRecords(
  lines: AsyncIterable<FileLine>,
  defaults: EventDefaults,
): AsyncGenerator<ImportRecord, void> {
  for await (const line of lines) {
    // Latin-1 reads any byte; what is kept of a line is ASCII.
    const text = line.bytes?.toString("latin1").trimEnd();
    if (text === "") continue;
    const entry = text === undefined ? undefined : parseAccessLogLine(text);
    if (entry === undefined) yield problemRecord(line, "not a line of the common or combined log format");
    else yield { start: line.start, end: line.end, line: line.number, event: eventOf(entry, line.number, defaults) };
  }
}

function eventOf(entry: AccessLogEntry, line: number, { idPrefix, type, source }: EventDefaults): ImportEvent {
  const { address, timeMs, status, bytes, method } = entry;
  const id = `${idPrefix}:${line}`;
  const time = new Date(timeMs).toISOString().replace(".000Z", "Z");
  const outside = { id, type: type ?? "request", customer: address, time, source: source ?? "access-log" };
  // Written by hand, because the size may pass what a number holds.
  const data = `{"bytes":${bytes},"status":${status}${method === undefined ? "" : `,"method":"${method}"`}}`;
  const text = `${JSON.stringify(outside).slice(0, -1)},"data":${data}}`;
  return { ...fixedEvent(id, text, timeMs), line, customer: address, sizeBytes: BigInt(bytes) };
}
