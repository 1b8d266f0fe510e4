import { createReadStream } from "node:fs";

/** A line of a file, without its line feed. */
export interface FileLine {
  /** From 1. */
  readonly number: number;
  /** Where it begins and where the next one does, in bytes. */
  readonly start: number;
  readonly end: number;
  /** Undefined where the line is longer than any that can be meant; it was not kept. */
  readonly bytes: Buffer | undefined;
}

/** A place in a file: bytes and lines before it. */
export interface FilePlace {
  readonly offset: number;
  readonly line: number;
}

/** The longest line that is kept. An event's data may have 8 KB. */
export const longestLineBytes = 1_000_000;

/** Reads a file line by line from a place up to a size, in bounded memory. What was appended since the size was taken is left alone. */
export async function* readLines(path: string, from: FilePlace, size: number): AsyncGenerator<FileLine, void> {
  if (from.offset >= size) return;
  let { line, offset: start } = from;
  let held: Buffer[] = [];
  let heldBytes = 0;

  const finish = (last: Buffer, end: number): FileLine => {
    const length = heldBytes + last.length;
    const bytes = length > longestLineBytes ? undefined : Buffer.concat([...held, last]);
    const finished = { number: ++line, start, end, bytes };
    held = [];
    heldBytes = 0;
    start = end;
    return finished;
  };

  for await (const chunk of createReadStream(path, { start: from.offset, end: size - 1 }) as AsyncIterable<Buffer>) {
    let begin = 0;
    for (let feed = chunk.indexOf(10); feed !== -1; feed = chunk.indexOf(10, begin)) {
      const piece = chunk.subarray(begin, feed);
      yield finish(piece, start + heldBytes + piece.length + 1);
      begin = feed + 1;
    }
    if (begin === chunk.length) continue;
    // Past the limit only the length is counted on.
    if (heldBytes <= longestLineBytes) held.push(chunk.subarray(begin));
    heldBytes += chunk.length - begin;
  }
  if (heldBytes > 0) yield finish(Buffer.alloc(0), start + heldBytes);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a line, or undefined where it is not UTF-8. A byte order mark at the start of the file is not part of it. */
export function textOf({ bytes, start }: FileLine): string | undefined {
  try {
    const text = utf8.decode(bytes);
    return start === 0 && text.startsWith("\uFEFF") ? text.slice(1) : text;
  } catch {
    return undefined;
  }
}
