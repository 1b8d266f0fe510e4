import { brotliCompressSync, constants, crc32, deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { largestUnpackedBytes, unpack } from "./unpack.ts";

const text = Buffer.from('{"events":[]}');
const checked = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
const pack = {
  gzip: (bytes: Uint8Array) => gzipSync(bytes),
  zstd: (bytes: Uint8Array) => zstdCompressSync(bytes, checked),
};
const encodings = ["gzip", "zstd"] as const;

const refused = (code: string) => ({ ok: false, error: { code } });

/** A gzip member with every optional part of its header. */
function fullHeader(content: Buffer): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3]);
  const parts = [Buffer.from([3, 0, 1, 2, 3]), Buffer.from("name\0"), Buffer.from("comment\0"), Buffer.from([9, 9])];
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, ...parts, deflateRawSync(content), trailer]);
}

describe("unpack", () => {
  test.for([
    { encoding: "", bytes: text },
    { encoding: "identity", bytes: text },
    { encoding: "gzip", bytes: gzipSync(text) },
    { encoding: "GZip", bytes: gzipSync(text) },
    { encoding: "x-gzip", bytes: gzipSync(text) },
    { encoding: "gzip", bytes: fullHeader(text) },
    { encoding: "zstd", bytes: zstdCompressSync(text) },
    { encoding: " zstd ", bytes: zstdCompressSync(text, checked) },
  ])('reads "$encoding"', ({ encoding, bytes }) => {
    expect(unpack(encoding, bytes)).toEqual({ ok: true, value: text });
  });

  test.for([
    { encoding: "br", bytes: brotliCompressSync(text) },
    { encoding: "deflate", bytes: deflateRawSync(text) },
    { encoding: "gzip, zstd", bytes: zstdCompressSync(gzipSync(text)) },
    { encoding: "gzip,gzip", bytes: gzipSync(gzipSync(text)) },
    { encoding: "*", bytes: text },
  ])('does not know "$encoding"', ({ encoding, bytes }) => {
    expect(unpack(encoding, bytes)).toEqual(refused("unsupported_encoding"));
  });

  describe.for(encodings)("%s", (encoding) => {
    const packed = pack[encoding](text);

    test.for([
      { why: "nothing", bytes: Buffer.alloc(0) },
      { why: "plain text", bytes: text },
      { why: "a byte after the end", bytes: Buffer.concat([packed, Buffer.from([0])]) },
      { why: "a second member", bytes: Buffer.concat([packed, packed]) },
      { why: "an empty member first", bytes: Buffer.concat([pack[encoding](Buffer.alloc(0)), packed]) },
      { why: "an empty member after", bytes: Buffer.concat([packed, pack[encoding](Buffer.alloc(0))]) },
      { why: "its end missing", bytes: packed.subarray(0, -1) },
      { why: "its beginning alone", bytes: packed.subarray(0, 6) },
    ])("refuses $why", ({ bytes }) => {
      expect(unpack(encoding, bytes)).toEqual(refused("invalid_encoding"));
    });

    test.for([
      { size: largestUnpackedBytes, ok: true },
      { size: largestUnpackedBytes + 1, ok: false },
    ])("$size bytes unpacked: $ok", ({ size, ok }) => {
      const result = unpack(encoding, pack[encoding](Buffer.alloc(size, "a")));
      expect(result.ok).toBe(ok);
      if (!result.ok) expect(result).toEqual(refused("payload_too_large"));
    });

    test("a bomb of a few kilobytes takes no memory", () => {
      const bomb = pack[encoding](Buffer.alloc(150 * 1024 * 1024));
      const before = process.memoryUsage().rss;
      expect(unpack(encoding, bomb)).toEqual(refused("payload_too_large"));
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    });

    test("gives back what was packed", () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
          expect(unpack(encoding, pack[encoding](bytes))).toEqual({ ok: true, value: Buffer.from(bytes) });
        }),
      );
    });

    test("a damaged body never passes for another", () => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 20, maxLength: 400 }), fc.nat(), fc.nat(7), (bytes, where, bit) => {
          const damaged = pack[encoding](bytes);
          const at = where % damaged.length;
          damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
          const result = unpack(encoding, damaged);
          if (result.ok) expect(result.value).toEqual(Buffer.from(bytes));
        }),
        { numRuns: 500 },
      );
    });

    test("survives any bytes", () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, behindMagic) => {
          const start = behindMagic ? packed.subarray(0, 5) : Buffer.alloc(0);
          expect(typeof unpack(encoding, Buffer.concat([start, bytes])).ok).toBe("boolean");
        }),
      );
    });
  });

  test("plain bytes have the same limit", () => {
    expect(unpack("", Buffer.alloc(11), 10)).toEqual(refused("payload_too_large"));
    expect(unpack("", Buffer.alloc(10), 10).ok).toBe(true);
  });
});
