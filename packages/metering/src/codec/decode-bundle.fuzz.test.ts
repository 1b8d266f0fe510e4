import { constants, crc32, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benchFacts, facts } from "./arbitrary-facts.ts";
import type { Bundle } from "./bundle.ts";
import { BundleBuilder } from "./bundle-builder.ts";
import { decodeBundle } from "./decode-bundle.ts";
import { encodeBundle } from "./encode-bundle.ts";
import { frame } from "./frame.ts";
import { decodePage } from "./page.ts";

const corrupt = { ok: false, error: { code: "bundle_corrupt" } };
const unknown = { ok: false, error: { code: "bundle_unknown_version" } };

const sample = encodeBundle(benchFacts({ count: 40, customers: 4 })).blob;
const small = encodeBundle(benchFacts({ count: 1, customers: 1 })).blob;

/** Asks a bundle everything that it can answer. */
function readAll(bundle: Bundle): number {
  const columns = [["qty"], ["region"], ["a", "b"]].map((path) => bundle.column(path));
  bundle.identityHashes();
  let bytes = 0;
  for (let row = 0; row < bundle.count; row++) {
    bundle.fact(row);
    bytes += bundle.canonicalEvent(row).length + bundle.contentHash(row);
    for (const column of columns) {
      column.quantityAt(row);
      column.textAt(row);
    }
    bundle.sameIdentity(row, bundle, bundle.count - 1 - row);
    bundle.compareIds(row, bundle, bundle.count - 1 - row);
  }
  return bytes;
}

/** A blob with a sum that fits: what a writer gone wrong, or one of ill will, would leave. */
function sealed(bytes: Uint8Array): Uint8Array {
  const blob = Buffer.alloc(bytes.length + 4);
  blob.set(bytes);
  blob.writeUInt32LE(crc32(bytes), bytes.length);
  return blob;
}

describe("bytes that are no bundle", () => {
  test("every flipped bit is found", () => {
    for (const blob of [sample, small]) {
      for (let bit = 0; bit < blob.length * 8; bit++) {
        const flipped = Uint8Array.from(blob);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(decodeBundle(flipped)).toEqual(bit >> 3 === 2 ? unknown : corrupt);
      }
    }
  });

  test("every truncation and every trailing byte is found", () => {
    for (let length = 0; length < sample.length; length++) {
      expect(decodeBundle(sample.subarray(0, length))).toEqual(corrupt);
      expect(decodeBundle(Buffer.concat([sample, sample.subarray(0, length + 1)]))).toEqual(corrupt);
    }
  });

  test("a later version has its own code", () => {
    const later = Uint8Array.from(sample);
    later[2] = 2;
    expect(decodeBundle(later)).toEqual(unknown);
    expect(decodeBundle(later.subarray(0, 5))).toEqual(unknown);
  });

  test("random bytes, with and without a good beginning and a good sum", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeBundle(bytes)).toEqual(corrupt);
        const begun = sealed(Buffer.concat([Buffer.from([0x46, 0x42, 1]), bytes]));
        expect(decodeBundle(begun)).toEqual(corrupt);
        expect(decodePage(begun)).toEqual(corrupt);
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  test("a page is no bundle, a bundle no page", () => {
    expect(decodePage(sample)).toEqual(corrupt);
  });
});

describe("frames that zstd would take", () => {
  const content = Buffer.alloc(1000, 7);
  const packed = zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  const framed = (size: number, body: Uint8Array) =>
    sealed(Buffer.concat([Buffer.from([0x46, 0x42, 1, 1, (size & 127) | 128, size >> 7, 0]), body]));

  test.for([
    { title: "a second frame", blob: framed(1000, Buffer.concat([packed, zstdCompressSync(Buffer.alloc(0))])) },
    { title: "bytes after the frame", blob: framed(1000, Buffer.concat([packed, Buffer.from([0])])) },
    { title: "more than was said", blob: framed(999, packed) },
    { title: "less than was said", blob: framed(1001, packed) },
    { title: "half a frame", blob: framed(1000, packed.subarray(0, 20)) },
  ])("$title", ({ blob }) => {
    expect(decodeBundle(blob)).toEqual(corrupt);
  });

  test("a bomb is refused without unpacking it", () => {
    const bomb = zstdCompressSync(Buffer.alloc(200_000_000));
    const before = process.memoryUsage().rss;
    expect(decodeBundle(framed(16_000, bomb))).toEqual(corrupt);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });
});

describe("content that was tampered with under a good sum", () => {
  test("is an error, or a bundle that answers everything", () => {
    const tamper = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 12 }), tamper, fc.boolean(), (rows, changes, cut) => {
        const builder = new BundleBuilder();
        for (const fact of rows) builder.addFact(fact);
        const view = builder.write();
        const columns = Uint8Array.from(view.columns);
        const raw = Uint8Array.from(view.raw);
        for (const [at, byte] of changes) columns[at % columns.length] = byte;
        const decoded = decodeBundle(frame({ columns: cut ? columns.subarray(0, -1) : columns, raw }));
        if (decoded.ok) readAll(decoded.value);
        else expect(decoded.error.code).toBe("bundle_corrupt");
      }),
      { numRuns: 250, seed: 5 },
    );
  });

  test("whatever its counts say, it takes neither time nor memory", () => {
    const columns = Uint8Array.from(
      (() => {
        const builder = new BundleBuilder();
        for (const fact of benchFacts({ count: 3, customers: 1 })) builder.addFact(fact);
        return builder.write().columns;
      })(),
    );
    const start = performance.now();
    for (let at = 0; at < columns.length; at++) {
      for (const count of [
        [0xff, 0xff, 3],
        [0xff, 0xff, 0xff, 0x7f],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 15],
      ]) {
        const grown = Buffer.concat([columns.subarray(0, at), Buffer.from(count), columns.subarray(at + 1)]);
        const decoded = decodeBundle(frame({ columns: grown, raw: new Uint8Array(100) }));
        if (decoded.ok) readAll(decoded.value);
      }
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
