import type { ByteWriter } from "./byte-writer.ts";

const minuteMs = 60_000;

let knownMinute = Number.NaN;
let knownText: Uint8Array = new Uint8Array(0);

/**
 * Writes a time as RFC 3339 in UTC with milliseconds. The text of the minute is kept, since rows in order mostly share it.
 *
 * Units: milliseconds since 1970.
 */
export function writeTime(time: number, writer: ByteWriter): void {
  const minute = Math.floor(time / minuteMs);
  if (minute !== knownMinute) {
    const text = new Date(time).toISOString();
    knownText = Buffer.from(text.slice(0, -"00.000Z".length));
    knownMinute = minute;
  }
  writer.copy(knownText, 0, knownText.length);
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
