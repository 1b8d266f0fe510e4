export type { Bundle, BundleDigest, Origin, OriginBundle, Page, Selection } from "./bundle.ts";
export { decodeBundle, decodeRows } from "./decode-bundle.ts";
export { encodeBundle, packBundles } from "./encode-bundle.ts";
export { decodePage, packPages } from "./page.ts";
export type { MergedRows } from "./row-merger.ts";
