import type { Piece } from "./piece.ts";

/** How long a text may be to be copied letter by letter, which beats a call into native code. */
const shortText = 48;

/** Bytes that grow at the end. One writer is used again and again, so that a bundle costs no allocation but its own. */
export class ByteWriter {
  bytes: Buffer;
  length = 0;
  private view32: DataView;

  /** Writes into memory of its own of the given size, or into the given bytes; it leaves either for larger ones when full. */
  constructor(room: number | Buffer = 4096) {
    this.bytes = typeof room === "number" ? Buffer.allocUnsafeSlow(room) : room;
    this.view32 = viewOf(this.bytes);
  }

  /** Begins anew over the same memory. */
  reset(): this {
    this.length = 0;
    return this;
  }

  /** Begins at `length` of the given memory, as if what lies before it had been written. */
  moveTo(bytes: Buffer, length: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view32 = viewOf(bytes);
    }
    this.length = length;
  }

  /** Makes room for `size` more bytes and returns where they begin; `length` moves past them. */
  claim(size: number): number {
    const start = this.length;
    if (start + size > this.bytes.length) this.grow(start + size);
    this.length = start + size;
    return start;
  }

  private grow(size: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(size, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.view32 = viewOf(larger);
  }

  /** Appends one byte. */
  byte(value: number): void {
    const at = this.claim(1);
    this.bytes[at] = value;
  }

  /** Appends a whole number from 0 to 2^53 − 1, seven bits a byte, lowest first. */
  varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** Appends a part of other bytes. */
  copy(from: Uint8Array, start: number, end: number): void {
    const size = end - start;
    const at = this.claim(size);
    if (size > shortText) {
      this.bytes.set(from.subarray(start, end), at);
      return;
    }
    for (let i = 0; i < size; i++) this.bytes[at + i] = from[start + i] ?? 0;
  }

  /** Appends a piece. */
  piece({ words, size }: Piece): void {
    const at = this.claim(4 * words.length);
    const view = this.view32;
    for (let i = 0; i < words.length; i++) view.setUint32(at + 4 * i, words[i] ?? 0, true);
    this.length = at + size;
  }

  /** Appends a text as UTF-8, without its length. */
  text(value: string): void {
    const size = value.length;
    if (size > shortText || !this.ascii(value)) {
      const at = this.claim(size * 3);
      this.length = at + this.bytes.write(value, at, "utf8");
    }
  }

  /** Copies a short text while its letters are ASCII; takes back what it wrote when one is not. */
  private ascii(value: string): boolean {
    const start = this.claim(value.length);
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 127) {
        this.length = start;
        return false;
      }
      this.bytes[start + i] = code;
    }
    return true;
  }

  /** Appends a whole number from 0 to 2^31 − 1 in decimal digits. */
  digits(value: number): void {
    let size = 1;
    for (let bound = 10; bound <= value; bound *= 10) size++;
    let at = this.claim(size) + size;
    for (let rest = value; size > 0; size--) {
      const tenth = Math.floor(rest / 10);
      this.bytes[--at] = 0x30 + rest - tenth * 10;
      rest = tenth;
    }
  }

  /** What was written so far, as a view. */
  view(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
