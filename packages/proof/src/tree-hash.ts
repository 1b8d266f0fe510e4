import { hashBytes, sha256, writeSha256 } from "./sha256.ts";
import { lanes } from "./sha256-lanes.ts";

// One buffer serves every node: hashing is synchronous, so nobody else sees it between the copy and the digest.
const nodeInput = new Uint8Array(1 + 2 * hashBytes);
nodeInput[0] = 1;

const leafRoom = new Uint8Array(1024);

/** The head of a tree without leaves. Source: RFC 6962, section 2.1. */
export function emptyHead(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** The hash of a leaf: SHA-256 of a zero byte and the leaf's data. Source: RFC 6962, section 2.1. */
export function leafHash(data: Uint8Array): Uint8Array {
  const target = new Uint8Array(hashBytes);
  writeLeafHash({ target, at: 0, data });
  return target;
}

/** Writes the hash of a leaf into `target` at `at`, so that a packed list of leaf hashes needs no array a leaf. */
export function writeLeafHash({ target, at, data }: { target: Uint8Array; at: number; data: Uint8Array }): void {
  const length = data.length + 1;
  const input = length <= leafRoom.length ? leafRoom.subarray(0, length) : new Uint8Array(length);
  input[0] = 0;
  input.set(data, 1);
  writeSha256({ target, at, data: input });
}

/** The hash of an inner node: SHA-256 of a one byte and both children. Source: RFC 6962, section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== hashBytes || right.length !== hashBytes) throw new Error("a node has two children of 32 bytes");
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + hashBytes);
  return sha256(nodeInput);
}

/** How many leaves `perfectHead` folds at once. */
export const foldedLeaves = 4096;

/**
 * The head over leaf hashes that lie packed, 32 bytes each, where their count is a power of two up to `foldedLeaves`.
 *
 * Each level overwrites the level below it in one memory, four nodes at once; at the top, where there are fewer, what is
 * hashed beside them is nothing.
 */
export function perfectHead(packed: Uint8Array): Uint8Array {
  if (packed.length < 8 * hashBytes) return smallHead(packed);
  const { bytes, first, nodes } = lanes();
  bytes.set(packed, first);
  for (let size = packed.length; size > hashBytes; size /= 2) {
    for (let at = 0; at < size; at += 8 * hashBytes) nodes(first + at, first + at / 2);
  }
  return bytes.slice(first, first + hashBytes);
}

/** The same for one, two or four leaves. */
function smallHead(packed: Uint8Array): Uint8Array {
  if (packed.length === hashBytes) return new Uint8Array(packed);
  const half = packed.length / 2;
  return nodeHash(smallHead(packed.subarray(0, half)), smallHead(packed.subarray(half)));
}
