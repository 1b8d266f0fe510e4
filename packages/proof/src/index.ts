export { type Consistency, consistencyProof, verifyConsistency } from "./consistency.ts";
export { equalHashes } from "./equal-hashes.ts";
export {
  appendLeaf,
  appendLeaves,
  emptyFrontier,
  type Frontier,
  type FrontierMalformed,
  frontierHead,
  parseFrontier,
  serialiseFrontier,
} from "./frontier.ts";
export { type Inclusion, inclusionProof, verifyInclusion } from "./inclusion.ts";
export { LeafHasher } from "./leaf-hasher.ts";
export { merkleRoot, treeHead } from "./merkle-root.ts";
export { hashBytes, sha256, writeSha256 } from "./sha256.ts";
export { emptyHead, leafHash, nodeHash, writeLeafHash } from "./tree-hash.ts";
