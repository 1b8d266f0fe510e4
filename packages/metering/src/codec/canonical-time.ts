import type { ByteWriter } from "./byte-writer.ts";
import { Piece } from "./piece.ts";

const minuteMs = 60_000;

/** The texts of the minutes that were last written, each at its number modulo the length: an hour's rows keep to sixty. */
const known = 128;
const minutes = new Float64Array(known).fill(Number.NaN);
const texts: Piece[] = [];

function textOf(minute: number): Piece {
  const place = ((minute % known) + known) % known;
  const text = texts[place];
  if (minutes[place] === minute && text !== undefined) return text;
  const made = Piece.of(new Date(minute * minuteMs).toISOString().slice(0, -"00.000Z".length));
  minutes[place] = minute;
  texts[place] = made;
  return made;
}

/** Writes a time as RFC 3339 in UTC with milliseconds. Units: milliseconds since 1970. */
export function writeTime(time: number, writer: ByteWriter): void {
  const minute = Math.floor(time / minuteMs);
  writer.piece(textOf(minute));
  const rest = time - minute * minuteMs;
  const second = Math.floor(rest / 1000);
  const at = writer.claim(7);
  const bytes = writer.bytes;
  bytes[at] = zero + Math.floor(second / 10);
  bytes[at + 1] = zero + (second % 10);
  bytes[at + 2] = point;
  bytes[at + 3] = zero + (Math.floor(rest / 100) % 10);
  bytes[at + 4] = zero + (Math.floor(rest / 10) % 10);
  bytes[at + 5] = zero + (rest % 10);
  bytes[at + 6] = zulu;
}

const zero = 0x30;
const point = 0x2e;
const zulu = 0x5a;
