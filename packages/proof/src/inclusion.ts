import { equalHashes } from "./equal-hashes.ts";
import { countPacked } from "./frontier.ts";
import { merkleRoot, splitPoint } from "./merkle-root.ts";
import { hashBytes } from "./sha256.ts";
import { nodeHash } from "./tree-hash.ts";

/** What shows that a leaf is in a tree, together with the tree's head. */
export interface Inclusion {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/**
 * The hashes that lead from one leaf to the head over packed leaf hashes, the lowest first.
 *
 * Errors: throws where the tree has no such leaf.
 * Source: RFC 6962, section 2.1.1.
 */
export function inclusionProof(packed: Uint8Array, index: number): Uint8Array[] {
  const size = countPacked(packed);
  if (!Number.isInteger(index) || index < 0 || index >= size) throw new Error("the tree has no such leaf");
  if (size === 1) return [];
  const split = splitPoint(size);
  const left = packed.subarray(0, split * hashBytes);
  const right = packed.subarray(split * hashBytes);
  return index < split
    ? [...inclusionProof(left, index), merkleRoot(right)]
    : [...inclusionProof(right, index - split), merkleRoot(left)];
}

/** Whether a proof shows that the leaf hash is at that index in the tree. Source: RFC 9162, section 2.1.3.2. */
export function verifyInclusion({ leaf, index, size, proof, root }: Inclusion): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![leaf, root, ...proof].every((hash) => hash.length === hashBytes)) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node > 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && equalHashes(hash, root);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
