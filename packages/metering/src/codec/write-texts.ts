import { ByteWriter } from "./byte-writer.ts";
import { maxShared, type TextTable } from "./text-table.ts";
import { writeWords } from "./uint-column.ts";

const scratch = new ByteWriter(65_536);

/** Writes texts in their order: how many bytes each shares with the one before, how many follow, and those that follow. */
export function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  writer.varint(texts.length);
  if (texts.length === 0) return;
  writeLaidOut(writer, layOut(texts));
}

/** Writes chosen texts of a table in the order of the choice, as `writeTexts` does. */
export function writeTableTexts(writer: ByteWriter, table: TextTable, chosen: Uint32Array): void {
  writer.varint(chosen.length);
  if (chosen.length === 0) return;
  const ends = new Uint32Array(chosen.length);
  scratch.reset();
  for (let i = 0; i < chosen.length; i++) {
    const index = chosen[i] ?? 0;
    scratch.copy(table.bytes, table.start(index), table.end(index));
    ends[i] = scratch.length;
  }
  writeLaidOut(writer, ends);
}

/** Writes the texts that lie in `scratch` and end where `ends` says. */
function writeLaidOut(writer: ByteWriter, ends: Uint32Array): void {
  const shared = new Uint32Array(ends.length);
  const rest = new Uint32Array(ends.length);
  const bytes = scratch.bytes;
  for (let i = 0, before = 0, start = 0; i < ends.length; i++) {
    const end = ends[i] ?? 0;
    const most = Math.min(start - before, end - start, maxShared);
    let same = 0;
    while (same < most && bytes[before + same] === bytes[start + same]) same++;
    shared[i] = same;
    rest[i] = end - start - same;
    before = start;
    start = end;
  }
  writeWords(writer, shared);
  writeWords(writer, rest);
  for (let i = 0; i < ends.length; i++) writer.copy(bytes, (ends[i] ?? 0) - (rest[i] ?? 0), ends[i] ?? 0);
}

function layOut(texts: readonly string[]): Uint32Array {
  const ends = new Uint32Array(texts.length);
  scratch.reset();
  for (let i = 0; i < texts.length; i++) {
    scratch.text(texts[i] ?? "");
    ends[i] = scratch.length;
  }
  return ends;
}
