import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendLeaf,
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  type Frontier,
  frontierHead,
  inclusionProof,
  leafHash,
  merkleRoot,
  nodeHash,
  parseFrontier,
  serialiseFrontier,
  sha256,
  treeHead,
  verifyConsistency,
  verifyInclusion,
  writeLeafHash,
} from "./index.ts";
import { splitPoint } from "./merkle-root.ts";

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`leaf ${index}`, "utf8")));

/** RFC 6962's definition, word for word: slow, and plainly right. */
function definedHead(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return only;
  const split = splitPoint(leaves.length);
  return nodeHash(definedHead(leaves.slice(0, split)), definedHead(leaves.slice(split)));
}

const sizes = fc.integer({ min: 0, max: 70 });

describe("merkleRoot", () => {
  test.for([0, 1, 2, 3, 4, 5, 4095, 4096, 4097, 8192, 12_289])("heads a tree of %i leaves by definition", (count) => {
    const leaves = leavesOf(count);
    expect(merkleRoot(Buffer.concat(leaves))).toEqual(definedHead(leaves));
  });

  test("reads packed hashes at any offset and changes none of them", () => {
    const leaves = leavesOf(9);
    const room = Buffer.concat([Uint8Array.of(7), ...leaves]);
    const before = Buffer.from(room);
    expect(merkleRoot(room.subarray(1))).toEqual(treeHead(leaves));
    expect(room.equals(before)).toBe(true);
  });

  test("refuses half a hash", () => {
    expect(() => merkleRoot(new Uint8Array(33))).toThrow("32 bytes");
  });
});

describe("leaf hashes", () => {
  test.for([0, 1, 1022, 1023, 1024, 8192])("of %i bytes are those of a zero byte and the data", (length) => {
    const data = new Uint8Array(length).fill(3);
    expect(leafHash(data)).toEqual(sha256(Buffer.concat([Uint8Array.of(0), data])));
    const target = new Uint8Array(64);
    writeLeafHash({ target, at: 32, data });
    expect(target.subarray(32)).toEqual(leafHash(data));
  });
});

describe("frontier", () => {
  const all = leavesOf(70);

  test("heads the same tree however its leaves are appended", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 }), (parts) => {
        const size = Math.min(
          70,
          parts.reduce((a, b) => a + b, 0),
        );
        let frontier: Frontier = emptyFrontier;
        for (const part of parts)
          frontier = appendLeaves(frontier, Buffer.concat(all.slice(frontier.size, frontier.size + part)));
        expect(frontier).toEqual(all.slice(0, size).reduce(appendLeaf, emptyFrontier));
        expect(frontierHead(frontier)).toEqual(definedHead(all.slice(0, size)));
      }),
    );
  });

  test("leaves the frontier it continues as it was", () => {
    const frontier = appendLeaves(emptyFrontier, Buffer.concat(all.slice(0, 7)));
    const before = serialiseFrontier(frontier);
    appendLeaves(frontier, Buffer.concat(all.slice(7)));
    expect(serialiseFrontier(frontier)).toEqual(before);
  });

  test("survives being written and read, and shares no memory with the bytes", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const frontier = appendLeaves(emptyFrontier, Buffer.concat(all.slice(0, size)));
        const bytes = Buffer.from(serialiseFrontier(frontier));
        const read = parseFrontier(bytes);
        bytes.fill(0);
        expect(read).toEqual({ ok: true, value: frontier });
      }),
    );
  });

  test("refuses bytes that are no frontier, and never throws", () => {
    const malformed = { ok: false, error: { code: "frontier_malformed" } };
    const three = serialiseFrontier(appendLeaves(emptyFrontier, Buffer.concat(all.slice(0, 3))));
    expect(parseFrontier(new Uint8Array(0))).toEqual(malformed);
    expect(parseFrontier(three.subarray(0, 40))).toEqual(malformed);
    expect(parseFrontier(three.subarray(0, 41))).toEqual(malformed);
    expect(parseFrontier(Buffer.concat([three, Uint8Array.of(0)]))).toEqual(malformed);
    expect(parseFrontier(Uint8Array.from(three).fill(2, 0, 1))).toEqual(malformed);
    expect(parseFrontier(Uint8Array.from(three).fill(255, 1, 9))).toEqual(malformed);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const read = parseFrontier(bytes);
        if (read.ok) expect(serialiseFrontier(read.value)).toEqual(bytes);
      }),
    );
  });
});

describe("proofs", () => {
  const all = leavesOf(70);
  const packed = Buffer.concat(all);

  test("show every leaf of every tree, and no other leaf, place or size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, seed) => {
        const index = seed % size;
        const tree = packed.subarray(0, size * 32);
        const leaf = all[index] ?? sha256(tree);
        const claim = { leaf, index, size, proof: inclusionProof(tree, index), root: merkleRoot(tree) };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: sha256(leaf) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: sha256(leaf) })).toBe(false);
        if (size > 1) expect(verifyInclusion({ ...claim, index: (index + 1) % size })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...claim.proof, leaf] })).toBe(false);
      }),
    );
  });

  test("show every earlier tree, and none that differs", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, seed) => {
        const oldSize = 1 + (seed % size);
        const tree = packed.subarray(0, size * 32);
        const roots = { oldRoot: merkleRoot(tree.subarray(0, oldSize * 32)), root: merkleRoot(tree) };
        const claim = { oldSize, size, ...roots, proof: consistencyProof(tree, oldSize) };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, oldRoot: sha256(roots.oldRoot) })).toBe(false);
        expect(verifyConsistency({ ...claim, root: sha256(roots.root) })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: [...claim.proof, roots.root] })).toBe(false);
      }),
    );
  });

  test.for([-1, 0.5, 3, Number.NaN])("are refused for index %d of three leaves", (index) => {
    const tree = packed.subarray(0, 96);
    expect(() => inclusionProof(tree, index)).toThrow("no such leaf");
    expect(verifyInclusion({ leaf: sha256(tree), index, size: 3, proof: [], root: merkleRoot(tree) })).toBe(false);
  });

  test.for([-1, 0, 0.5, 4])("are refused for an earlier size of %d of three leaves", (oldSize) => {
    expect(() => consistencyProof(packed.subarray(0, 96), oldSize)).toThrow("no such size");
    const root = merkleRoot(packed.subarray(0, 96));
    expect(verifyConsistency({ oldSize, size: 3, oldRoot: root, root, proof: [root] })).toBe(false);
  });
});
