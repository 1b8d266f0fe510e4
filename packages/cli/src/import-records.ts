import { accessLogRecords } from "./access-log-records.ts";
import { csvColumns } from "./csv-columns.ts";
import { csvRecords } from "./csv-records.ts";
import { csvRows } from "./csv-rows.ts";
import type { FileDigest } from "./file-digest.ts";
import { type FilePlace, readLines } from "./file-lines.ts";
import type { ImportSource } from "./import-format.ts";
import type { EventDefaults, ImportRecord } from "./import-record.ts";
import { ndjsonRecords } from "./ndjson-records.ts";
import { UsageError } from "./usage-error.ts";

/** How a file is read into events. */
export interface ReadingFlags {
  readonly type?: string;
  readonly source?: string;
  readonly map?: readonly string[];
  readonly delimiter?: string;
}

/** Where an import begins. */
export const fileStart: FilePlace = { offset: 0, line: 0 };

/** The start of the ids of events that have none of their own. It names the file by its content, so the same file gives the same ids. */
export function idPrefix({ sha256 }: FileDigest): string {
  return sha256.slice(0, 16);
}

/** Reads a file's events from a place on, in its format. Errors: throws `UsageError` for a CSV whose columns do not fit. */
export async function importRecords(
  { path, format }: ImportSource,
  digest: FileDigest,
  flags: ReadingFlags,
  from: FilePlace,
): Promise<AsyncGenerator<ImportRecord, void>> {
  const { type, source, delimiter = "," } = flags;
  const given = { ...(type !== undefined && { type }), ...(source !== undefined && { source }) };
  const defaults: EventDefaults = { idPrefix: idPrefix(digest), ...given };
  if (format === "access-log") return accessLogRecords(readLines(path, from, digest.bytes), defaults);
  if (format === "ndjson") return ndjsonRecords(readLines(path, from, digest.bytes), defaults);

  const header = await readHeader(path, digest.bytes, delimiter);
  const columns = csvColumns(header.cells, flags.map);
  if (type === undefined && !columns.some((column) => "field" in column && column.field === "type")) {
    throw new UsageError('The CSV has no column "type". Give --type, or --map type=<column>.');
  }
  const start = from.offset < header.end ? { offset: header.end, line: header.lastLine } : from;
  return csvRecords(readLines(path, start, digest.bytes), columns, { ...defaults, delimiter });
}

async function readHeader(path: string, size: number, delimiter: string) {
  for await (const row of csvRows(readLines(path, fileStart, size), delimiter)) {
    if (row.problem === undefined) return row;
    throw new UsageError(`The first row of the CSV is no header: ${row.problem}.`);
  }
  throw new UsageError("The CSV is empty: it has no header.");
}
