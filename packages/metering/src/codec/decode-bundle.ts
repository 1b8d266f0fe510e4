import { err, ok, type Result } from "@farthing/money";
import type { Bundle, BundleError } from "./bundle.ts";
import { contentKinds } from "./bundle-builder.ts";
import { DecodedBundle } from "./decoded-bundle.ts";
import { unframe } from "./frame.ts";
import { type Rows, readRows } from "./read-rows.ts";

/**
 * Reads a bundle. All columns are checked here, so that nothing that a bundle answers later can fail.
 *
 * Errors: `bundle_unknown_version`, else `bundle_corrupt` on anything that is no bundle.
 */
export function decodeBundle(blob: Uint8Array): Result<Bundle, BundleError> {
  const rows = decodeRows(blob);
  return rows.ok ? ok(new DecodedBundle(rows.value)) : rows;
}

/** Reads a bundle's columns alone. Errors: as `decodeBundle`. */
export function decodeRows(blob: Uint8Array): Result<Rows, BundleError> {
  const content = unframe(blob);
  if (!content.ok) return content;
  const read = readRows(content.value, contentKinds.bundle);
  if (read === undefined || !read.columns.finished() || !read.raw.finished()) return err({ code: "bundle_corrupt" });
  return ok(read.rows);
}
