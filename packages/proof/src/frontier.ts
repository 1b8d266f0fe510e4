import { err, ok, type Result } from "@farthing/money";
import { hashBytes } from "./sha256.ts";
import { emptyHead, foldedLeaves, nodeHash, perfectHead } from "./tree-hash.ts";

/**
 * The right edge of a Merkle tree: all that appending to it needs.
 *
 * `edge` holds the heads of the perfect subtrees that the tree falls into, largest first: one for each one bit of `size`.
 */
export interface Frontier {
  readonly size: number;
  readonly edge: readonly Uint8Array[];
}

/** Bytes are not those of a frontier that this version can read. */
export interface FrontierMalformed {
  readonly code: "frontier_malformed";
}

/** The frontier of a tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, edge: [] };

/** The frontier after one more leaf hash. */
export function appendLeaf(frontier: Frontier, leaf: Uint8Array): Frontier {
  return appendLeaves(frontier, leaf);
}

/**
 * The frontier after more leaf hashes, packed 32 bytes each; the given frontier stays as it is.
 *
 * Errors: throws where the length is no multiple of 32.
 */
export function appendLeaves(frontier: Frontier, packed: Uint8Array): Frontier {
  const count = countPacked(packed);
  const edge = [...frontier.edge];
  let { size } = frontier;
  for (let done = 0; done < count; ) {
    const span = largestSpan(size, count - done);
    edge.push(perfectHead(packed.subarray(done * hashBytes, (done + span) * hashBytes)));
    mergeEdge(edge, { size, span });
    done += span;
    size += span;
  }
  return { size, edge };
}

/** The tree's head, equal to the head over all its leaf hashes. Source: RFC 6962, section 2.1. */
export function frontierHead({ edge }: Frontier): Uint8Array {
  const head = edge.reduceRight<Uint8Array | undefined>(
    (right, left) => (right === undefined ? left : nodeHash(left, right)),
    undefined,
  );
  return head ?? emptyHead();
}

/** How many hashes lie packed in some bytes. Errors: throws where the length is no multiple of 32. */
export function countPacked(packed: Uint8Array): number {
  if (packed.length % hashBytes !== 0) throw new Error("packed hashes have 32 bytes each");
  return packed.length / hashBytes;
}

function largestSpan(size: number, left: number): number {
  let span = 1;
  while (span < foldedLeaves && span * 2 <= left && size % (span * 2) === 0) span *= 2;
  return span;
}

function mergeEdge(edge: Uint8Array[], { size, span }: { size: number; span: number }): void {
  for (let width = span; Math.floor(size / width) % 2 === 1; width *= 2) {
    const [left, right] = edge.splice(-2);
    if (left === undefined || right === undefined) throw new Error("the edge does not fit the size");
    edge.push(nodeHash(left, right));
  }
}

const version = 1;
const headerBytes = 9;

/** Writes a frontier: a version byte, the size in 8 bytes big-endian, then the edge. */
export function serialiseFrontier({ size, edge }: Frontier): Uint8Array {
  const bytes = new Uint8Array(headerBytes + edge.length * hashBytes);
  bytes[0] = version;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(size));
  edge.forEach((hash, index) => {
    bytes.set(hash, headerBytes + index * hashBytes);
  });
  return bytes;
}

/** Reads what `serialiseFrontier` wrote. Errors: `frontier_malformed`. */
export function parseFrontier(bytes: Uint8Array): Result<Frontier, FrontierMalformed> {
  if (bytes.length < headerBytes || bytes[0] !== version) return err({ code: "frontier_malformed" });
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(1));
  const edges = (bytes.length - headerBytes) / hashBytes;
  if (!Number.isSafeInteger(size) || edges !== oneBits(size)) return err({ code: "frontier_malformed" });
  const edge = Array.from({ length: edges }, (_, index) => copy(bytes, headerBytes + index * hashBytes));
  return ok({ size, edge });
}

// A Buffer's own slice would share its memory.
function copy(bytes: Uint8Array, from: number): Uint8Array {
  return Uint8Array.from(bytes.subarray(from, from + hashBytes));
}

function oneBits(size: number): number {
  return [...size.toString(2)].filter((bit) => bit === "1").length;
}
