import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";

/** The bit of a column's first byte that says that its base is negative; the lowest three bits are its width. */
const negativeBase = 8;

/** The smallest and the largest of some numbers; both 0 where there is none. */
export function rangeOf(values: ArrayLike<number>): { readonly min: number; readonly max: number } {
  let min = values[0] ?? 0;
  let max = min;
  for (let i = 1; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return { min, max };
}

/**
 * Writes whole numbers as their distance from the smallest: one plane of bytes for each byte of the largest distance, lowest
 * first, since zstd does better on bytes of one kind side by side. Equal numbers take no plane at all.
 *
 * Errors: throws where the numbers lie more than 2^53 − 1 apart.
 */
export function writeNumbers(writer: ByteWriter, values: ArrayLike<number>): void {
  const { min, max } = rangeOf(values);
  const width = widthOf(max - min);
  writer.byte(min < 0 ? width | negativeBase : width);
  writer.varint(Math.abs(min));
  const count = values.length;
  const start = writer.claim(count * width);
  const bytes = writer.bytes;
  if (width <= 4) {
    for (let plane = 0; plane < width; plane++) {
      const at = start + plane * count;
      for (let i = 0; i < count; i++) bytes[at + i] = ((values[i] ?? 0) - min) >>> (8 * plane);
    }
    return;
  }
  for (let plane = 0; plane < width; plane++) {
    const at = start + plane * count;
    for (let i = 0; i < count; i++) bytes[at + i] = Math.floor(((values[i] ?? 0) - min) / 256 ** plane) % 256;
  }
}

/** Writes whole numbers of 32 bits, as `writeNumbers` does. */
export function writeWords(writer: ByteWriter, values: Uint32Array): void {
  const count = values.length;
  let min = values[0] ?? 0;
  let max = min;
  for (let i = 1; i < count; i++) {
    const value = values[i] ?? 0;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  const width = widthOf(max - min);
  writer.byte(width);
  writer.varint(min);
  const start = writer.claim(count * width);
  const bytes = writer.bytes;
  for (let plane = 0; plane < width; plane++) {
    const at = start + plane * count;
    const shift = 8 * plane;
    for (let i = 0; i < count; i++) bytes[at + i] = ((values[i] ?? 0) - min) >>> shift;
  }
}

function widthOf(span: number): number {
  if (span > Number.MAX_SAFE_INTEGER) throw new Error("numbers too far apart for one column");
  let width = 0;
  for (let bound = 1; bound <= span; bound *= 256) width++;
  return width;
}

/** Reads `count` whole numbers, safe integers all. */
export function readNumbers(reader: ByteReader, count: number): Float64Array {
  const head = reader.byte();
  const size = reader.varint();
  const base = head & negativeBase ? -size : size;
  const width = head & 7;
  const start = reader.take(count * width);
  if (reader.failed || head > 15 || (head >= negativeBase && size === 0)) {
    reader.fail();
    return new Float64Array(0);
  }
  const values = new Float64Array(count).fill(base);
  const bytes = reader.bytes;
  for (let plane = 0, scale = 1; plane < width; plane++, scale *= 256) {
    const at = start + plane * count;
    for (let i = 0; i < count; i++) values[i] = (values[i] ?? 0) + (bytes[at + i] ?? 0) * scale;
  }
  if (rangeOf(values).max > Number.MAX_SAFE_INTEGER) reader.fail();
  return values;
}

/** Reads `count` whole numbers below `limit`; the array is empty where the reader failed. */
export function readIndexes(reader: ByteReader, count: number, limit: number): Uint32Array {
  const head = reader.byte();
  const base = reader.varint();
  const width = head & 7;
  const start = reader.take(count * width);
  if (reader.failed || head > 4 || (base >= limit && count > 0)) {
    reader.fail();
    return new Uint32Array(0);
  }
  const values = new Uint32Array(count).fill(base);
  const bytes = reader.bytes;
  for (let plane = 0; plane < width; plane++) {
    const at = start + plane * count;
    for (let i = 0; i < count; i++) values[i] = (values[i] ?? 0) + ((bytes[at + i] ?? 0) << (8 * plane));
  }
  for (let i = 0; i < count; i++) if ((values[i] ?? 0) >= limit) reader.fail();
  return values;
}
