/** Bytes that are written again and again, in words, since four bytes are copied at the price of one. */
export class Piece {
  readonly words: Uint32Array;
  /** How many bytes there are; what the last word has beyond them means nothing. */
  readonly size: number;

  constructor(bytes: Uint8Array) {
    this.size = bytes.length;
    this.words = new Uint32Array(Math.ceil(bytes.length / 4));
    for (let i = 0; i < bytes.length; i++) {
      this.words[i >> 2] = (this.words[i >> 2] ?? 0) | ((bytes[i] ?? 0) << (8 * (i & 3)));
    }
  }

  /** A text's UTF-8. */
  static of(text: string): Piece {
    return new Piece(Buffer.from(text));
  }
}
