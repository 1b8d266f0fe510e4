/**
 * Reads bytes that may be anything. The first thing that cannot be so sets `failed`; from then on every read answers
 * nought, so that decoders need no checks of their own but before they allocate, and stop within their counts.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  position = 0;
  failed = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Gives up; what was read is worth nothing. */
  fail(): number {
    this.failed = true;
    this.position = this.bytes.length;
    return 0;
  }

  /** Whether everything was read, and nothing went wrong. */
  finished(): boolean {
    return !this.failed && this.position === this.bytes.length;
  }

  /** Steps over `size` bytes and returns where they begin. */
  take(size: number): number {
    const start = this.position;
    if (size > this.bytes.length - start) return this.fail();
    this.position = start + size;
    return start;
  }

  /** One byte. */
  byte(): number {
    if (this.position >= this.bytes.length) return this.fail();
    return this.bytes[this.position++] ?? 0;
  }

  /** A whole number from 0 to 2^53 − 1. */
  varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const byte = this.byte();
      value += (byte % 128) * scale;
      if (byte < 128) return value > Number.MAX_SAFE_INTEGER ? this.fail() : value;
    }
    return this.fail();
  }

  /** A number that something will be allocated by; fails past `limit`. */
  count(limit: number): number {
    const value = this.varint();
    return value > limit ? this.fail() : value;
  }
}
