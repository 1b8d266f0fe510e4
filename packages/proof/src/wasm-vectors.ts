import { type Code, constant, get, set, vector } from "./wasm-module.ts";

/** Reads a vector. */
export const load = (at: Code, offset: number) => vector(0x00, [at], 0, ...unaligned(offset));
/** Reads a word into all four places. */
export const splat = (at: Code, offset: number) => vector(0x09, [at], 0, ...unaligned(offset));
/** Writes a vector. */
export const store = (at: Code, offset: number, value: Code) => vector(0x0b, [at, value], 0, ...unaligned(offset));
/** Bits that are in both. */
export const and = (a: Code, b: Code) => vector(0x4e, [a, b]);
/** Bits that are in either. */
export const or = (a: Code, b: Code) => vector(0x50, [a, b]);
/** Bits that are in one. */
export const xor = (a: Code, b: Code) => vector(0x51, [a, b]);
/** Adds word by word. */
export const add = (a: Code, b: Code) => vector(0xae, [a, b]);
/** Shifts the bits of each word up. */
export const left = (a: Code, bits: number) => vector(0xab, [a, constant(bits)]);
/** Shifts the bits of each word down. */
export const right = (a: Code, bits: number) => vector(0xad, [a, constant(bits)]);
/** Shifts the bits of each word down, and those that fall out in again at the top. */
export const rotated = (a: Code, bits: number) => or(right(a, bits), left(a, 32 - bits));
/** Four times the same word. */
export const words = (value: number) => vector(0x11, [constant(value)]);
const shuffled = (a: Code, b: Code, lanes: Code) => vector(0x0d, [a, b], ...lanes);

function unaligned(offset: number): Code {
  return offset < 128 ? [offset] : [(offset % 128) + 128, Math.floor(offset / 128)];
}

/** Picks four words out of the eight of two vectors. */
function picked(a: Code, b: Code, lanes: readonly number[]): Code {
  return shuffled(
    a,
    b,
    lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
  );
}

/** Turns the bytes of each word round: SHA-256 reads and writes the highest first. */
export function turned(a: number): Code {
  return shuffled(get(a), get(a), [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12]);
}

/** Makes columns of the rows that stand in four locals, by way of four more. */
export function transposed(rows: number, room: number): Code {
  const [a, b, c, d] = [get(rows), get(rows + 1), get(rows + 2), get(rows + 3)];
  const [e, f, g, h] = [get(room), get(room + 1), get(room + 2), get(room + 3)];
  return [
    set(room, picked(a, b, [0, 4, 1, 5])),
    set(room + 1, picked(c, d, [0, 4, 1, 5])),
    set(room + 2, picked(a, b, [2, 6, 3, 7])),
    set(room + 3, picked(c, d, [2, 6, 3, 7])),
    set(rows, picked(e, f, [0, 1, 4, 5])),
    set(rows + 1, picked(e, f, [2, 3, 6, 7])),
    set(rows + 2, picked(g, h, [0, 1, 4, 5])),
    set(rows + 3, picked(g, h, [2, 3, 6, 7])),
  ].flat();
}
