import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { intern } from "./intern.ts";
import { hard } from "./limits.ts";
import { Piece } from "./piece.ts";
import { readIndexes, readNumbers } from "./uint-column.ts";

/** How many bytes a text shares at most with the one before it, so that a table cannot unfold to many times its size. */
export const maxShared = 255;

/** A table of texts as it was read; a text becomes a string when it is first asked for. */
export class TextTable {
  readonly count: number;
  readonly bytes: Buffer;
  private readonly ends: Uint32Array;
  private readonly strings: (string | undefined)[] = [];
  private readonly plain: Uint8Array;
  private readonly pieces: Piece[] = [];

  constructor(bytes: Buffer, ends: Uint32Array) {
    this.bytes = bytes;
    this.ends = ends;
    this.count = ends.length;
    this.plain = new Uint8Array(ends.length);
  }

  /** Where the text begins in `bytes`. */
  start(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] ?? 0);
  }

  /** Where the text ends in `bytes`. */
  end(index: number): number {
    return this.ends[index] ?? 0;
  }

  /** The text at an index. */
  get(index: number): string {
    const known = this.strings[index];
    if (known !== undefined) return known;
    const text = this.bytes.toString("utf8", this.start(index), this.end(index));
    this.strings[index] = this.count <= shortTable ? intern(text) : text;
    return this.strings[index];
  }

  /** Every text, in order. */
  all(): string[] {
    const texts: string[] = [];
    for (let index = 0; index < this.count; index++) texts.push(this.get(index));
    return texts;
  }

  /** Orders a text and one of another table by their bytes; no string is made. */
  compare(index: number, other: TextTable, otherIndex: number): number {
    const [start, otherStart] = [this.start(index), other.start(otherIndex)];
    const [size, otherSize] = [this.end(index) - start, other.end(otherIndex) - otherStart];
    for (let i = 0; i < size && i < otherSize; i++) {
      const difference = (this.bytes[start + i] ?? 0) - (other.bytes[otherStart + i] ?? 0);
      if (difference !== 0) return difference;
    }
    return size - otherSize;
  }

  /** Writes the text as JSON writes it, quotes included. Source: RFC 8785, 3.2.2.2. */
  writeJson(index: number, writer: ByteWriter): void {
    if (this.count <= spelledTexts) {
      this.pieces[index] ??= Piece.of(JSON.stringify(this.get(index)));
      writer.piece(this.pieces[index]);
      return;
    }
    const [start, end] = [this.start(index), this.end(index)];
    const plain = this.plain[index] || this.look(index, start, end);
    if (plain === escaped) {
      writer.text(JSON.stringify(this.get(index)));
      return;
    }
    writer.byte(quote);
    writer.copy(this.bytes, start, end);
    writer.byte(quote);
  }

  private look(index: number, start: number, end: number): number {
    let answer = plainText;
    for (let i = start; i < end; i++) {
      const byte = this.bytes[i] ?? 0;
      if (byte < 0x20 || byte === quote || byte === backslash) answer = escaped;
    }
    this.plain[index] = answer;
    return answer;
  }
}

/** Tables up to this length hold texts that come back. */
const shortTable = 64;

/** Tables up to this length keep the JSON of their texts. */
const spelledTexts = 64;

const quote = 0x22;
const backslash = 0x5c;
const plainText = 1;
const escaped = 2;

/** Counts what the tables of one bundle unfold to. */
export interface TextBudget {
  left: number;
}

/** Reads a table of at most `limit` texts. */
export function readTexts(reader: ByteReader, limit: number, budget: TextBudget): TextTable {
  const count = reader.count(limit);
  if (count === 0) return new TextTable(Buffer.alloc(0), new Uint32Array(0));
  const shared = readIndexes(reader, count, maxShared + 1);
  const rest = readNumbers(reader, count);
  const ends = endsOf(shared, rest);
  const size = ends[count - 1] ?? 0;
  if (reader.failed || size > budget.left) {
    reader.fail();
    return new TextTable(Buffer.alloc(0), new Uint32Array(0));
  }
  budget.left -= size;
  return new TextTable(unfold(reader, shared, ends, size), ends);
}

function endsOf(shared: Uint32Array, rest: Float64Array): Uint32Array {
  const ends = new Uint32Array(rest.length);
  let end = 0;
  for (let i = 0; i < ends.length; i++) {
    end = Math.min(end + (shared[i] ?? 0) + Math.abs(rest[i] ?? 0), hard.text + 1);
    ends[i] = end;
  }
  return ends;
}

function unfold(reader: ByteReader, shared: Uint32Array, ends: Uint32Array, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0, before = 0, start = 0; i < ends.length; i++) {
    const end = ends[i] ?? 0;
    const same = shared[i] ?? 0;
    if (same > start - before) reader.fail();
    const from = reader.take(end - start - same);
    if (reader.failed) break;
    put(bytes, start, { from: bytes, at: before, size: same });
    put(bytes, start + same, { from: reader.bytes, at: from, size: end - start - same });
    before = start;
    start = end;
  }
  return bytes;
}

/** Copies bytes that do not overlap; short ones one by one, which beats a call. */
function put(
  target: Buffer,
  to: number,
  { from, at, size }: { readonly from: Uint8Array; readonly at: number; readonly size: number },
): void {
  if (size > 32) target.set(from.subarray(at, at + size), to);
  else for (let i = 0; i < size; i++) target[to + i] = from[at + i] ?? 0;
}
