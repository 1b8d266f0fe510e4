import { equalHashes } from "./equal-hashes.ts";
import { countPacked } from "./frontier.ts";
import { merkleRoot, splitPoint } from "./merkle-root.ts";
import { hashBytes } from "./sha256.ts";
import { nodeHash } from "./tree-hash.ts";

/** What shows that a tree only grew: two sizes with their heads, and the proof between them. */
export interface Consistency {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * The hashes that show that the tree over packed leaf hashes continues its own first `oldSize` leaves.
 *
 * Errors: throws where `oldSize` is no size of the tree from 1 to now.
 * Source: RFC 6962, section 2.1.2.
 */
export function consistencyProof(packed: Uint8Array, oldSize: number): Uint8Array[] {
  if (!Number.isInteger(oldSize) || oldSize < 1 || oldSize > countPacked(packed)) throw new Error("no such size");
  return subproof(packed, { oldSize, known: true });
}

function subproof(packed: Uint8Array, { oldSize, known }: { oldSize: number; known: boolean }): Uint8Array[] {
  const size = countPacked(packed);
  if (oldSize === size) return known ? [] : [merkleRoot(packed)];
  const split = splitPoint(size);
  const left = packed.subarray(0, split * hashBytes);
  const right = packed.subarray(split * hashBytes);
  return oldSize <= split
    ? [...subproof(left, { oldSize, known }), merkleRoot(right)]
    : [...subproof(right, { oldSize: oldSize - split, known: false }), merkleRoot(left)];
}

/**
 * Whether a proof shows that the larger tree continues the smaller one.
 *
 * Source: RFC 9162, section 2.1.4.2; a tree without leaves proves nothing, so `oldSize` is at least 1.
 */
export function verifyConsistency(claim: Consistency): boolean {
  const { oldSize, oldRoot, size, root, proof } = claim;
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(size) || oldSize < 1 || oldSize > size) return false;
  if (![oldRoot, root, ...proof].every((hash) => hash.length === hashBytes)) return false;
  if (oldSize === size) return proof.length === 0 && equalHashes(oldRoot, root);
  const [first, ...path] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  if (first === undefined) return false;
  const heads = climb({ oldSize, size, first, path });
  return heads !== undefined && equalHashes(heads.old, oldRoot) && equalHashes(heads.now, root);
}

interface Climb {
  readonly oldSize: number;
  readonly size: number;
  readonly first: Uint8Array;
  readonly path: readonly Uint8Array[];
}

function climb({ oldSize, size, first, path }: Climb): { old: Uint8Array; now: Uint8Array } | undefined {
  let [node, last] = [oldSize - 1, size - 1];
  while (node % 2 === 1) [node, last] = [(node - 1) / 2, Math.floor(last / 2)];
  let [old, now] = [first, first];
  for (const hash of path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      [old, now] = [nodeHash(hash, old), nodeHash(hash, now)];
      while (node % 2 === 0 && node > 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else now = nodeHash(now, hash);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { old, now } : undefined;
}

function isPowerOfTwo(size: number): boolean {
  return splitPoint(size) * 2 === size || size === 1;
}
