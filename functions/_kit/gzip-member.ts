import { crc32 } from "node:zlib";

/** The compressed data of a gzip file that has one member, and whether what it unpacks to is what was packed. */
export interface GzipContent {
  readonly deflated: Buffer;
  matches(unpacked: Uint8Array): boolean;
}

const fixedBytes = 10;
const trailerBytes = 8;
const flags = { headerChecksum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };

/**
 * Takes the frame off a gzip member. Read by hand because zlib goes on into further members and passes over what follows.
 *
 * Source: RFC 1952, 2.3.
 */
export function gzipContent(bytes: Buffer): GzipContent | undefined {
  const start = headerEnd(bytes);
  const end = bytes.length - trailerBytes;
  if (start === undefined || start > end) return undefined;
  return {
    deflated: bytes.subarray(start, end),
    matches: (unpacked) =>
      bytes.readUInt32LE(end) === crc32(unpacked) && bytes.readUInt32LE(end + 4) === unpacked.length % 2 ** 32,
  };
}

function headerEnd(bytes: Buffer): number | undefined {
  const [magic1, magic2, method, flag = 0] = bytes;
  if (bytes.length < fixedBytes + trailerBytes || magic1 !== 0x1f || magic2 !== 0x8b || method !== 8) return undefined;
  if ((flag & flags.reserved) !== 0) return undefined;
  let at = fixedBytes;
  if ((flag & flags.extra) !== 0) at += 2 + bytes.readUInt16LE(at);
  for (const text of [flags.name, flags.comment]) {
    if ((flag & text) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero === -1) return undefined;
    at = zero + 1;
  }
  return (flag & flags.headerChecksum) === 0 ? at : at + 2;
}
