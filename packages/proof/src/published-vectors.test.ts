import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import {
  consistencyProof,
  emptyHead,
  inclusionProof,
  leafHash,
  merkleRoot,
  nodeHash,
  sha256,
  treeHead,
  verifyConsistency,
  verifyInclusion,
} from "./index.ts";

interface Vectors {
  hashing: Record<"empty_root" | "empty_leaf" | "leaf_ascii_L123456" | "node_ascii_N123_N456", string>;
  reference_tree: { leaf_inputs_hex: string[]; roots_by_size: string[] };
  inclusion_all_sizes_to_8: {
    cases: { size: number; index: number; leaf_hash: string; root: string; proof: string[] }[];
  };
  consistency_all_sizes_to_8: {
    cases: { size1: number; size2: number; root1: string; root2: string; proof: string[] }[];
  };
  byte_tree: { roots: Record<string, string> } & Record<
    "rolling_roots_0_to_300" | "rolling_inclusion_1_to_64" | "rolling_consistency_1_to_64",
    { sha256: string }
  >;
  published_cases: {
    inclusion: Published<{ leafIdx: string; treeSize: string; root: string; leafHash: string }>[];
    consistency: Published<{ size1: string; size2: string; root1: string; root2: string }>[];
  };
}

type Published<T> = T & { file: string; proof: string[] | null; wantErr: boolean };

const shared = process.env.FARTHING_SHARED ?? resolve(import.meta.dirname, "../../../../shared");
const file = resolve(shared, "cases/transparency-log.json");
const present = existsSync(file);
if (!present) console.warn(`SKIPPED: published Merkle vectors, no ${file}`);

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const fromHex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const fromBase64 = (text: string) => Uint8Array.from(Buffer.from(text, "base64"));
const ascii = (text: string) => Uint8Array.from(Buffer.from(text, "ascii"));
const byteTree = (size: number) =>
  Buffer.concat(Array.from({ length: size }, (_, index) => leafHash(Uint8Array.of(index & 0xff))));

describe.skipIf(!present)("published vectors", () => {
  const vectors = present ? (JSON.parse(readFileSync(file, "utf8")) as Vectors) : ({} as Vectors);

  test("hashes leaves and nodes as RFC 6962 does", () => {
    const { hashing } = vectors;
    expect(hex(emptyHead())).toBe(hashing.empty_root);
    expect(hex(leafHash(new Uint8Array(0)))).toBe(hashing.empty_leaf);
    expect(hex(leafHash(ascii("L123456")))).toBe(hashing.leaf_ascii_L123456);
    expect(hex(sha256(Buffer.concat([Uint8Array.of(1), ascii("N123"), ascii("N456")])))).toBe(
      hashing.node_ascii_N123_N456,
    );
  });

  test("finds the reference tree's heads, packed and listed", () => {
    const leaves = vectors.reference_tree.leaf_inputs_hex.map((input) => leafHash(fromHex(input)));
    vectors.reference_tree.roots_by_size.forEach((root, size) => {
      expect(hex(merkleRoot(Buffer.concat(leaves.slice(0, size))))).toBe(root);
      expect(hex(treeHead(leaves.slice(0, size)))).toBe(root);
    });
  });

  test("makes and verifies the reference tree's proofs", () => {
    const packed = Buffer.concat(vectors.reference_tree.leaf_inputs_hex.map((input) => leafHash(fromHex(input))));
    for (const { size, index, leaf_hash, root, proof } of vectors.inclusion_all_sizes_to_8.cases) {
      expect(inclusionProof(packed.subarray(0, size * 32), index).map(hex)).toEqual(proof);
      const claim = { leaf: fromHex(leaf_hash), index, size, proof: proof.map(fromHex), root: fromHex(root) };
      expect(verifyInclusion(claim)).toBe(true);
    }
    for (const { size1, size2, root1, root2, proof } of vectors.consistency_all_sizes_to_8.cases) {
      expect(consistencyProof(packed.subarray(0, size2 * 32), size1).map(hex)).toEqual(proof);
      const roots = { oldRoot: fromHex(root1), root: fromHex(root2) };
      expect(verifyConsistency({ oldSize: size1, size: size2, ...roots, proof: proof.map(fromHex) })).toBe(true);
    }
  });

  test("finds the byte tree's heads and proofs", () => {
    for (const [size, root] of Object.entries(vectors.byte_tree.roots))
      expect(hex(merkleRoot(byteTree(Number(size))))).toBe(root);
    const all = byteTree(300);
    const first = (size: number) => all.subarray(0, size * 32);
    const digest = (lines: string[]) => hex(sha256(Buffer.from(lines.join(""), "utf8")));
    const to = (n: number, from = 0) => Array.from({ length: n - from + 1 }, (_, index) => index + from);
    const heads = to(300).map((n) => `${n} ${hex(merkleRoot(first(n)))}\n`);
    const inclusions = to(64, 1).flatMap((n) =>
      to(n - 1).map((i) => `${n} ${i} ${inclusionProof(first(n), i).map(hex).join(",")}\n`),
    );
    const consistencies = to(64, 1).flatMap((n) =>
      to(n, 1).map((m) => `${m} ${n} ${consistencyProof(first(n), m).map(hex).join(",")}\n`),
    );
    expect(digest(heads)).toBe(vectors.byte_tree.rolling_roots_0_to_300.sha256);
    expect(digest(inclusions)).toBe(vectors.byte_tree.rolling_inclusion_1_to_64.sha256);
    expect(digest(consistencies)).toBe(vectors.byte_tree.rolling_consistency_1_to_64.sha256);
  });

  test("accepts and refuses inclusion proofs as published", () => {
    for (const { file, leafIdx, treeSize, root, leafHash, proof, wantErr } of vectors.published_cases.inclusion) {
      const hashes = { leaf: fromBase64(leafHash), root: fromBase64(root), proof: (proof ?? []).map(fromBase64) };
      const verdict = verifyInclusion({ index: Number(leafIdx), size: Number(treeSize), ...hashes });
      expect(verdict, file).toBe(!wantErr);
    }
  });

  test("accepts and refuses consistency proofs as published", () => {
    // This one case proves nothing about a tree and gives heads of 12 bytes; heads here have 32.
    const shortHeads = "consistency/additional/sizes-are-equal-one-and-proof-is-empty.json";
    for (const { file, size1, size2, root1, root2, proof, wantErr } of vectors.published_cases.consistency) {
      const roots = { oldRoot: fromBase64(root1), root: fromBase64(root2) };
      const sizes = { oldSize: Number(size1), size: Number(size2) };
      const verdict = verifyConsistency({ ...sizes, ...roots, proof: (proof ?? []).map(fromBase64) });
      expect(verdict, file).toBe(!wantErr && file !== shortHeads);
    }
  });

  test("hashes only nodes of two whole hashes", () => {
    expect(() => nodeHash(ascii("N123"), ascii("N456"))).toThrow("32 bytes");
  });
});
