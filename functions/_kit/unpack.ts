import { inflateRawSync, constants as zlib, zstdDecompressSync } from "node:zlib";
import { err, ok, type Result } from "@farthing/money";
import { gzipContent } from "./gzip-member.ts";

/** Why a body could not be unpacked. */
export interface NotUnpacked {
  readonly code: "payload_too_large" | "unsupported_encoding" | "invalid_encoding";
}

/** How large a body may be once it is unpacked. */
export const largestUnpackedBytes = 20 * 1024 * 1024;

const chunkSize = 128 * 1024;

interface Decompressed {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/**
 * Undoes a content encoding: none, gzip or zstd, and one only.
 *
 * Errors: `unsupported_encoding`; `payload_too_large` as soon as the limit is passed, so a bomb takes no memory;
 * `invalid_encoding` for damaged data, and for anything after the end of the one member or frame.
 * Source: RFC 9110, RFC 1952, RFC 8878.
 */
export function unpack(encoding: string, bytes: Buffer, limit = largestUnpackedBytes): Result<Buffer, NotUnpacked> {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return bytes.length > limit ? err({ code: "payload_too_large" }) : ok(bytes);
    case "gzip":
    case "x-gzip":
      return gunzip(bytes, limit);
    case "zstd":
      return decompress(() => unzstd(bytes, limit), bytes.length);
    default:
      return err({ code: "unsupported_encoding" });
  }
}

function gunzip(bytes: Buffer, limit: number): Result<Buffer, NotUnpacked> {
  const content = gzipContent(bytes);
  if (content === undefined) return err({ code: "invalid_encoding" });
  const unpacked = decompress(() => inflate(content.deflated, limit), content.deflated.length);
  return unpacked.ok && !content.matches(unpacked.value) ? err({ code: "invalid_encoding" }) : unpacked;
}

function decompress(run: () => Decompressed, length: number): Result<Buffer, NotUnpacked> {
  try {
    const { buffer, engine } = run();
    return engine.bytesWritten === length ? ok(buffer) : err({ code: "invalid_encoding" });
  } catch (error) {
    const tooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    return err({ code: tooLarge ? "payload_too_large" : "invalid_encoding" });
  }
}

function inflate(bytes: Buffer, limit: number): Decompressed {
  // The declared type leaves out what `info` makes of the answer.
  return inflateRawSync(bytes, { maxOutputLength: limit, chunkSize, info: true }) as unknown as Decompressed;
}

function unzstd(bytes: Buffer, limit: number): Decompressed {
  // A frame may ask for a window of gigabytes; no body of the largest size needs more than 32 MB.
  const params = { [zlib.ZSTD_d_windowLogMax]: 25 };
  return zstdDecompressSync(bytes, {
    maxOutputLength: limit,
    chunkSize,
    params,
    info: true,
  }) as unknown as Decompressed;
}
