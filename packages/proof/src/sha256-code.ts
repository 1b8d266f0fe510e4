import { type Code, call, constant, get, loop, plus, set, type WasmFunction, wasmModule } from "./wasm-module.ts";
import {
  add,
  and,
  left,
  load,
  or,
  right,
  rotated,
  splat,
  store,
  transposed,
  turned,
  words,
  xor,
} from "./wasm-vectors.ts";

/** Where the code keeps what it works with, in bytes from the beginning of its memory. */
const place = { constants: 0, initial: 256, schedule: 512, state: 768 } as const;
/** Where messages may lie. */
export const firstMessageByte = 1024;

const zero = constant(0);
const wordOf = (index: number) => load(zero, place.schedule + 16 * (index % 16));

function nextWord(i: number): Code {
  const [near, far] = [get(12), get(13)];
  const small = xor(xor(rotated(near, 7), rotated(near, 18)), right(near, 3));
  const large = xor(xor(rotated(far, 17), rotated(far, 19)), right(far, 10));
  return [
    set(12, wordOf(i + 1)),
    set(13, wordOf(i + 14)),
    set(11, add(add(wordOf(i), small), add(wordOf(i + 9), large))),
    store(zero, place.schedule + 16 * i, get(11)),
  ].flat();
}

/** One round; locals 1 to 8 are a to h, which move on by one name a round; 9 is b ^ c, 10 and 11 are for the moment. */
function round(i: number, scheduled: boolean): Code {
  const name = (letter: number) => 1 + ((letter - (i % 8) + 8) % 8);
  const [a, b, d, e, f, g, h] = [0, 1, 3, 4, 5, 6, 7].map(name) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wide = (x: Code, r: readonly [number, number, number]) =>
    xor(xor(rotated(x, r[0]), rotated(x, r[1])), rotated(x, r[2]));
  const choice = xor(get(g), and(get(e), xor(get(f), get(g))));
  return [
    scheduled ? nextWord(i) : set(11, wordOf(i)),
    set(
      10,
      add(add(get(h), add(get(11), splat(get(0), place.constants + 4 * i))), add(wide(get(e), [6, 11, 25]), choice)),
    ),
    set(d, add(get(d), get(10))),
    set(11, xor(get(a), get(b))),
    set(h, add(add(get(10), wide(get(a), [2, 13, 22])), xor(and(get(11), get(9)), get(b)))),
    set(9, get(11)),
  ].flat();
}

const rounds = (scheduled: boolean) => Array.from({ length: 16 }, (_, i) => round(i, scheduled)).flat();
const letters = [0, 1, 2, 3, 4, 5, 6, 7];

/** Takes the schedule's block of four messages into their states. Local 0 counts constants' bytes. */
const compress: WasmFunction = {
  parameters: 1,
  vectors: 13,
  code: [
    ...letters.map((letter) => set(1 + letter, load(zero, place.state + 16 * letter))),
    set(9, xor(get(2), get(3))),
    rounds(false),
    loop(set(0, plus(get(0), constant(64))), rounds(true), [...get(0), ...constant(192), 0x49]),
    ...letters.map((letter) =>
      store(zero, place.state + 16 * letter, add(get(1 + letter), load(zero, place.state + 16 * letter))),
    ),
  ].flat(),
};

/** Makes the states those that SHA-256 begins with. */
const begin: WasmFunction = {
  parameters: 0,
  vectors: 0,
  code: letters.flatMap((letter) => store(zero, place.state + 16 * letter, splat(zero, place.initial + 4 * letter))),
};

/** Reads a block of each of four messages into the schedule; the parameters are where they lie. */
const read: WasmFunction = {
  parameters: 4,
  vectors: 8,
  code: [0, 1, 2, 3].flatMap((quarter) =>
    [
      ...[0, 1, 2, 3].map((lane) => set(4 + lane, load(get(lane), 16 * quarter))),
      transposed(4, 8),
      ...[0, 1, 2, 3].map((word) => store(zero, place.schedule + 64 * quarter + 16 * word, turned(4 + word))),
    ].flat(),
  ),
};

/** Writes the four digests one behind the other, from where the parameter says. */
const write: WasmFunction = {
  parameters: 1,
  vectors: 8,
  code: [0, 1].flatMap((half) =>
    [
      ...[0, 1, 2, 3].map((word) => set(1 + word, load(zero, place.state + 64 * half + 16 * word))),
      transposed(1, 5),
      ...[0, 1, 2, 3].map((lane) => store(get(0), 32 * lane + 16 * half, turned(1 + lane))),
    ].flat(),
  ),
};

const index = { begin: 0, read: 1, compress: 2, write: 3 } as const;

/** Hashes four padded messages of the same number of blocks: where each lies, how many blocks, where the digests go. */
const messages: WasmFunction = {
  name: "messages",
  parameters: 6,
  vectors: 0,
  code: [
    call(index.begin),
    loop(
      call(index.read, get(0), get(1), get(2), get(3)),
      call(index.compress, zero),
      ...[0, 1, 2, 3].map((lane) => set(lane, plus(get(lane), constant(64)))),
      set(4, [...get(4), ...constant(1), 0x6b]),
      get(4),
    ),
    call(index.write, get(5)),
  ].flat(),
};

const lanes = [0, 1, 2, 3];
const readNodes = (offset: number) =>
  call(index.read, ...lanes.map((lane) => plus(get(0), constant(64 * lane + offset))));
const setWord = (i: number, value: Code) => store(zero, place.schedule + 16 * i, value);
const nodeBits = 65 * 8;

/**
 * Hashes four inner nodes of a Merkle tree whose eight children lie one behind the other: a byte 1, 64 bytes of children, and
 * padding, without a copy of them. The parameters say where the children begin and where the digests go.
 */
const nodes: WasmFunction = {
  name: "nodes",
  parameters: 2,
  vectors: 0,
  code: [
    set(0, [...get(0), ...constant(1), 0x6b]),
    call(index.begin),
    readNodes(0),
    setWord(0, or(and(wordOf(0), words(0xffffff)), words(0x1000000))),
    call(index.compress, zero),
    readNodes(64),
    setWord(0, or(left(right(wordOf(0), 24), 24), words(0x800000))),
    ...Array.from({ length: 14 }, (_, i) => setWord(i + 1, words(0))),
    setWord(15, words(nodeBits)),
    call(index.compress, zero),
    call(index.write, get(1)),
  ].flat(),
};

const primes = Array.from({ length: 312 }, (_, i) => i).filter(
  (n) => n > 1 && ![2, 3, 5, 7, 11, 13, 17].some((p) => p < n && n % p === 0),
);

/** The first 32 bits of what a root of a prime has behind its point. Source: FIPS 180-4, sections 4.2.2 and 5.3.3. */
function fraction(prime: number, root: 2 | 3): number {
  let [low, high] = [0n, 1n << 40n];
  const wanted = BigInt(prime) << BigInt(32 * root);
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** BigInt(root) <= wanted) low = middle;
    else high = middle;
  }
  return Number(low & 0xffff_ffffn);
}

function bytesOf(numbers: readonly number[]): Code {
  return [...new Uint8Array(Uint32Array.from(numbers).buffer)];
}

/** The code, with its constants before it in a memory of the given size. Units: `pages` of 64 KB. */
export function sha256Module(pages: number): Uint8Array<ArrayBuffer> {
  const constants = primes.slice(0, 64).map((prime) => fraction(prime, 3));
  const initial = primes.slice(0, 8).map((prime) => fraction(prime, 2));
  return wasmModule([begin, read, compress, write, messages, nodes], pages, bytesOf([...constants, ...initial]));
}
