import { createHash } from "node:crypto";
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { err, ok, type Result } from "@farthing/money";
import type { BundleDigest, BundleError } from "./bundle.ts";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { hard } from "./limits.ts";

/** The two parts of a bundle: columns that zstd takes, and those that it could not make smaller. */
export interface Content {
  readonly columns: Uint8Array;
  readonly raw: Uint8Array;
}

const magic = [0x46, 0x42] as const;
const version = 1;
const storedMethod = 0;
const zstdMethod = 1;

/** Shorter columns are stored as they are: zstd would cost more time than it saves bytes, and an item is 1 KB anyway. */
const shortestToPack = 256;

/** Level 3 packed the columns of 500 events 1 % better than level 1 in the same time; from level 6 on only the time grew. */
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } };

const writer = new ByteWriter(65_536);

/** Frames content as a blob of the current version. Source: docs/bundle-format.md, "Frame". */
export function frame({ columns, raw }: Content): Uint8Array {
  const packed =
    columns.length < shortestToPack ? columns : zstdCompressSync(columns, { ...packing, chunkSize: columns.length });
  const smaller = packed.length < columns.length;
  writer.reset();
  writer.byte(magic[0]);
  writer.byte(magic[1]);
  writer.byte(version);
  writer.byte(smaller ? zstdMethod : storedMethod);
  writer.varint(columns.length);
  writer.varint(raw.length);
  writer.copy(raw, 0, raw.length);
  const body = smaller ? packed : columns;
  writer.copy(body, 0, body.length);
  const at = writer.claim(4);
  writer.bytes.writeUInt32LE(crc32(writer.bytes.subarray(0, at)), at);
  return new Uint8Array(writer.view());
}

/** Takes content out of a blob. Errors: `bundle_unknown_version`, else `bundle_corrupt` on anything that `frame` did not write. */
export function unframe(blob: Uint8Array): Result<Content, BundleError> {
  if (blob.length < 5 || blob[0] !== magic[0] || blob[1] !== magic[1]) return err({ code: "bundle_corrupt" });
  if (blob[2] !== version) return err({ code: "bundle_unknown_version" });
  const end = blob.length - 4;
  const sum = new DataView(blob.buffer, blob.byteOffset + end, 4).getUint32(0, true);
  if (crc32(blob.subarray(0, end)) !== sum) return err({ code: "bundle_corrupt" });
  const reader = new ByteReader(blob.subarray(0, end));
  reader.take(3);
  const method = reader.byte();
  const size = reader.count(hard.content);
  const rawSize = reader.count(hard.raw);
  const rawStart = reader.take(rawSize);
  if (reader.failed) return err({ code: "bundle_corrupt" });
  const body = reader.bytes.subarray(reader.position);
  const columns = method === storedMethod ? body : method === zstdMethod ? unpack(body, size) : undefined;
  if (columns?.length !== size) return err({ code: "bundle_corrupt" });
  return ok({ columns, raw: reader.bytes.subarray(rawStart, rawStart + rawSize) });
}

/** A frame may ask for a window of 128 MB before it says anything; no content of ours needs more than 32. */
const narrow = { [constants.ZSTD_d_windowLogMax]: 25 };

/** Unpacks one zstd frame that fills its bytes: zlib would pass over a second one in silence. */
function unpack(body: Uint8Array, size: number): Uint8Array | undefined {
  // zlib has no other way than throwing to say that bytes are no frame; this is where that ends.
  try {
    const options = { params: narrow, maxOutputLength: Math.max(size, 1), chunkSize: size + 64, info: true };
    const unpacked = zstdDecompressSync(body, options) as unknown as Unpacked;
    return unpacked.engine.bytesWritten === body.length ? unpacked.buffer : undefined;
  } catch {
    return undefined;
  }
}

interface Unpacked {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** How many bytes of SHA-256 name a bundle: 144 bits in 24 letters, since each row of a page may name another one. */
export const digestBytes = 18;

/** The digest of content, the same whatever zstd makes of it. */
export function digestOf({ columns, raw }: Content): BundleDigest {
  const hash = createHash("sha256").update(columns).update(raw).digest();
  return hash.toString("base64url", 0, digestBytes) as BundleDigest;
}
