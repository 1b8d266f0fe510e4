export type {
  Bundle,
  BundleDigest,
  BundleError,
  Column,
  Origin,
  PackedBundle,
  Page,
  Quantity,
  RowHashes,
  Selection,
} from "./bundle.ts";
export { decodeBundle } from "./decode-bundle.ts";
export { encodeBundle, packBundles } from "./encode-bundle.ts";
export { decodePage, encodePage, type PackedPage, packPages } from "./page.ts";
