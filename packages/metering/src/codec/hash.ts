/** The state of a running MurmurHash3_x86_128; one object serves all rows. Source: Austin Appleby, MurmurHash3.cpp. */
export class Murmur {
  h1 = 0;
  h2 = 0;
  h3 = 0;
  h4 = 0;

  /** Begins from four words, which for the published function are all its seed. */
  begin(h1: number, h2: number, h3: number, h4: number): void {
    this.h1 = h1;
    this.h2 = h2;
    this.h3 = h3;
    this.h4 = h4;
  }

  /** Takes in a whole block of 16 bytes as four little-endian words. */
  block(k1: number, k2: number, k3: number, k4: number): void {
    let { h1, h2, h3, h4 } = this;
    h1 ^= Math.imul(rotl(Math.imul(k1, c1), 15), c2);
    h1 = (Math.imul((rotl(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotl(Math.imul(k2, c2), 16), c3);
    h2 = (Math.imul((rotl(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotl(Math.imul(k3, c3), 17), c4);
    h3 = (Math.imul((rotl(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotl(Math.imul(k4, c4), 18), c1);
    h4 = (Math.imul((rotl(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
    this.h1 = h1;
    this.h2 = h2;
    this.h3 = h3;
    this.h4 = h4;
  }

  /** Takes in what is left after the last whole block; nothing where nothing is left. */
  private tail(k1: number, k2: number, k3: number, k4: number): void {
    this.h4 ^= Math.imul(rotl(Math.imul(k4, c4), 18), c1);
    this.h3 ^= Math.imul(rotl(Math.imul(k3, c3), 17), c4);
    this.h2 ^= Math.imul(rotl(Math.imul(k2, c2), 16), c3);
    this.h1 ^= Math.imul(rotl(Math.imul(k1, c1), 15), c2);
  }

  /** Takes in bytes and finishes. */
  bytes(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    for (; end - at >= 16; at += 16) {
      this.block(word(bytes, at, end), word(bytes, at + 4, end), word(bytes, at + 8, end), word(bytes, at + 12, end));
    }
    this.tail(word(bytes, at, end), word(bytes, at + 4, end), word(bytes, at + 8, end), word(bytes, at + 12, end));
    this.finish(end - start);
  }

  /** Mixes the length in, and the words with each other; the hash then stands in them. */
  finish(length: number): void {
    let h1 = this.h1 ^ length;
    let h2 = this.h2 ^ length;
    let h3 = this.h3 ^ length;
    let h4 = this.h4 ^ length;
    h1 = (h1 + h2 + h3 + h4) | 0;
    h2 = mix((h2 + h1) | 0);
    h3 = mix((h3 + h1) | 0);
    h4 = mix((h4 + h1) | 0);
    h1 = (mix(h1) + h2 + h3 + h4) | 0;
    this.h1 = h1;
    this.h2 = (h2 + h1) | 0;
    this.h3 = (h3 + h1) | 0;
    this.h4 = (h4 + h1) | 0;
  }
}

const c1 = 0x239b961b;
const c2 = 0xab0e9789 | 0;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93 | 0;

function rotl(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function word(bytes: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = Math.min(end, at + 4) - 1; i >= at; i--) value = (value << 8) | (bytes[i] ?? 0);
  return value;
}

/** The bytes of a word the other way round. */
export function swapBytes(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
