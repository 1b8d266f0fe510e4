import { parse } from "csv-parse/sync";
import { type FileLine, textOf } from "./file-lines.ts";

/** A row of a CSV file, or why a stretch of the file is none. `number` is its first line. */
export type CsvRow = Stretch & (Cells | NoRow);

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly number: number;
  readonly lastLine: number;
}

interface Cells {
  readonly cells: readonly string[];
  readonly problem?: never;
}

interface NoRow {
  readonly problem: string;
  readonly cells?: never;
}

// How far a quote may stay open: past it, it is taken for a mistake of its own line, and reading goes on at the next one.
const mostLines = 200;
const mostBytes = 256_000;

/**
 * Reads CSV row by row, in bounded memory. A broken row is told by its line and swallows none of those after it.
 * Empty lines are passed over.
 *
 * Source: RFC 4180.
 */
export async function* csvRows(lines: AsyncIterable<FileLine>, delimiter: string): AsyncGenerator<CsvRow, void> {
  const source = lines[Symbol.asyncIterator]();
  const held: FileLine[] = [];
  const lineAt = async (at: number): Promise<FileLine | undefined> => {
    if (held[at] !== undefined) return held[at];
    const { value, done } = await source.next();
    if (!done) held.push(value);
    return held[at];
  };

  for (let first = await lineAt(0); first !== undefined; first = await lineAt(0)) {
    const span = await spanOf(lineAt);
    const row = span === 0 ? { problem: "a quote is opened and never closed" } : rowOf(held.slice(0, span), delimiter);
    const used = held.splice(0, row?.problem === undefined ? span : 1);
    const last = used.at(-1) ?? first;
    if (row !== undefined)
      yield { start: first.start, end: last.end, number: first.number, lastLine: last.number, ...row };
  }
}

/** How many lines a row takes: until its quotes are closed. None means never. */
async function spanOf(lineAt: (at: number) => Promise<FileLine | undefined>): Promise<number> {
  let isOpen = false;
  let bytes = 0;
  for (let span = 1; span <= mostLines && bytes <= mostBytes; span++) {
    const line = await lineAt(span - 1);
    if (line === undefined) return 0;
    const text = line.bytes ?? Buffer.alloc(0);
    bytes += text.length;
    if (quotesIn(text) % 2 === 1) isOpen = !isOpen;
    if (!isOpen) return span;
  }
  return 0;
}

function quotesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(34); at !== -1; at = bytes.indexOf(34, at + 1)) count++;
  return count;
}

function rowOf(lines: readonly FileLine[], delimiter: string): Cells | NoRow | undefined {
  const texts = lines.map((line) => (line.bytes === undefined ? undefined : textOf(line)));
  if (lines.some((line) => line.bytes === undefined)) return { problem: "the line is too long" };
  if (texts.includes(undefined)) return { problem: "not UTF-8" };
  const text = texts.join("\n").replace(/\r$/, "");
  if (text.trim() === "") return undefined;
  return text.includes('"') ? parseQuoted(text, delimiter) : { cells: text.split(delimiter) };
}

function parseQuoted(text: string, delimiter: string): Cells | NoRow {
  try {
    const rows: string[][] = parse(text, { delimiter, record_delimiter: ["\r\n", "\n"], relax_column_count: true });
    const [cells] = rows;
    return rows.length === 1 && cells !== undefined ? { cells } : { problem: "not a row of CSV" };
  } catch (error) {
    return { problem: error instanceof Error ? `not CSV: ${error.message.split(" at line")[0]}` : "not CSV" };
  }
}
