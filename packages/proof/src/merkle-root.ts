import { appendLeaves, emptyFrontier, frontierHead } from "./frontier.ts";

/** The head over leaf hashes that lie packed, 32 bytes each. Source: RFC 6962, section 2.1. */
export function merkleRoot(packed: Uint8Array): Uint8Array {
  return frontierHead(appendLeaves(emptyFrontier, packed));
}

/** The head over a list of leaf hashes. Source: RFC 6962, section 2.1. */
export function treeHead(leafHashes: readonly Uint8Array[]): Uint8Array {
  return frontierHead(leafHashes.reduce(appendLeaves, emptyFrontier));
}

/** The largest power of two that is smaller than `size`: where RFC 6962 splits a tree of two or more leaves. */
export function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
