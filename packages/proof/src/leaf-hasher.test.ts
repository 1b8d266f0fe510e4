import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LeafHasher } from "./index.ts";
import { sha256Module } from "./sha256-code.ts";

/** The hash of a leaf, by another implementation. */
const defined = (data: Uint8Array) => createHash("sha256").update(Uint8Array.of(0)).update(data).digest();

/** Data that tells apart where it is read one byte off. */
const dataOf = (size: number, seed: number) =>
  Uint8Array.from({ length: size }, (_, i) => i * 31 + seed * 7 + (i >> 8));

/** Hashes leaves through the shared memory, those that do not fit it alone. */
function hashed(leaves: readonly Uint8Array[]): Uint8Array {
  const hasher = new LeafHasher(leaves.length);
  for (const data of leaves) {
    if (data.length > 100_000) hasher.add(data);
    else {
      const at = hasher.begin(data.length);
      hasher.bytes.set(data, at);
      hasher.end(at + data.length);
    }
  }
  return hasher.finish();
}

describe("LeafHasher", () => {
  test.for([0, 1, 53, 54, 55, 62, 63, 64, 117, 118, 119, 181, 182, 183, 16_310, 16_311, 100_000, 100_001])(
    "hashes leaves of %i bytes as node:crypto does",
    (size) => {
      for (const count of [1, 3, 4, 5]) {
        const leaves = Array.from({ length: count }, (_, i) => dataOf(size, i));
        expect(Buffer.from(hashed(leaves)).toString("hex")).toBe(Buffer.concat(leaves.map(defined)).toString("hex"));
      }
    },
  );

  test("keeps the order of leaves of any sizes, more than its memory holds at once", () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 600 });
    fc.assert(
      fc.property(sizes, (all) => {
        const leaves = all.map(dataOf);
        expect(Buffer.from(hashed(leaves)).equals(Buffer.concat(leaves.map(defined)))).toBe(true);
      }),
      { numRuns: 30, seed: 1 },
    );
  });
});

describe("the code that hashes", () => {
  test("begins with the constants of FIPS 180-4", () => {
    const code = Buffer.from(sha256Module(1));
    const word = (hex: string) => Buffer.from(hex, "hex").reverse();
    const constants = code.indexOf(word("428a2f98"));
    expect(constants).toBeGreaterThan(0);
    expect(code.subarray(constants + 63 * 4, constants + 66 * 4)).toEqual(
      Buffer.concat(["c67178f2", "6a09e667", "bb67ae85"].map(word)),
    );
  });
});
