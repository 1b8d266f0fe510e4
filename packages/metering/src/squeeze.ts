import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** More than any text that a store keeps; what would unpack further is damaged. Units: bytes. */
const maxTextBytes = 256 * 1024 * 1024;

/** Packs text that is too long to lie in an item as it is. */
export function squeeze(text: string): Uint8Array {
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

/** Reads what `squeeze` packed. Errors: throws on damaged bytes, which the checksum tells. */
export function unsqueeze(blob: Uint8Array): string {
  return zstdDecompressSync(blob, { maxOutputLength: maxTextBytes }).toString();
}
