import type { Brand, CustomerId, Decimal } from "@farthing/money";
import type { EventData, Fact } from "../event.ts";
import type { CanonicalRows } from "./canonical-event.ts";
import type { DataColumns } from "./data-columns.ts";
import type { Ids } from "./ids.ts";
import type { Rows } from "./read-rows.ts";

/** The first 18 bytes of the SHA-256 of a bundle's canonical content, in base64url: 24 characters. */
export type BundleDigest = Brand<string, "BundleDigest">;

/** Bytes that are no bundle, or one of a version this code does not read. */
export interface BundleError {
  readonly code: "bundle_corrupt" | "bundle_unknown_version";
}

/** A bundle ready to store, with its counts to stand beside it as plain attributes. */
export interface PackedBundle {
  readonly blob: Uint8Array;
  readonly digest: BundleDigest;
  readonly events: number;
  readonly voids: number;
}

/** What a meter reads in a row: a plain `number` is a safe integer, everything else numeric a decimal. */
export type Quantity = number | Decimal | "missing" | "not_numeric";

/** One path of `data` over all rows of a bundle; nothing is built per row. */
export interface Column {
  /** The number at the path; numeric strings count, `null` and a path that is not there are missing. */
  quantityAt(row: number): Quantity;
  /** The value as a group's name: strings as they are, numbers in plain decimal form, `true` and `false`; else undefined. */
  textAt(row: number): string | undefined;
}

/** Two 32-bit halves of a hash for each row, made once. */
export interface RowHashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/**
 * A decoded bundle, column by column; a row is a fact in the order in which it was packed.
 *
 * Units: `times` in milliseconds since 1970.
 */
export interface Bundle {
  readonly count: number;
  readonly events: number;
  readonly voids: number;
  readonly customers: readonly CustomerId[];
  readonly customerIndex: Uint32Array;
  /** Types by index; the empty one marks voids. */
  readonly types: readonly string[];
  readonly typeIndex: Uint32Array;
  /** Sources by index; the empty one stands for none. */
  readonly sources: readonly string[];
  readonly sourceIndex: Uint32Array;
  readonly times: Float64Array;
  /** What `id`, `sameIdentity` and pages read from. */
  readonly ids: Ids;
  /** What `data`, `column` and pages read from. */
  readonly dataColumns: DataColumns;
  /** What `canonicalEvent` and `sameContent` write with. */
  readonly canonical: CanonicalRows;

  kind(row: number): "event" | "void";
  serverTime(row: number): boolean;
  id(row: number): string;
  source(row: number): string | undefined;
  data(row: number): EventData;
  /** The whole row as an object: for people and tests, not for loops. */
  fact(row: number): Fact;

  /**
   * A 64-bit hash of (customer, source, id) for each row; kept in statements, so it never changes.
   *
   * Source: docs/bundle-format.md, "Identity hash".
   */
  identityHashes(): RowHashes;
  sameIdentity(row: number, other: Bundle, otherRow: number): boolean;
  /** Orders two rows by id, by UTF-8 bytes. */
  compareIds(row: number, other: Bundle, otherRow: number): number;
  /** Whether type, data and time are equal; a time that the server set is not compared. */
  sameContent(row: number, other: Bundle, otherRow: number): boolean;
  /** A 32-bit hash of kind, type and data (never of time): rows of the same content have the same. */
  contentHash(row: number): number;

  /** A path into `data` ("usage.bytes" is `["usage", "bytes"]`); paths lead through objects, not through lists. */
  column(path: readonly string[]): Column;
  /**
   * The canonical bytes of a row, for Merkle leaves. The view is valid until the next call: hash it or copy it.
   *
   * Source: docs/bundle-format.md, "Canonical event".
   */
  canonicalEvent(row: number): Uint8Array;
}

/** Where a row of a page came from. Units: `receivedAt` in milliseconds since 1970. */
export interface Origin {
  readonly digest: BundleDigest;
  readonly receivedAt: number;
}

/** A decoded bundle with where it came from. */
export type OriginBundle = Origin & { readonly bundle: Bundle };

/** Rows, each with the bundle and the row in it that it came from. */
export interface TracedRows extends Bundle {
  readonly origins: readonly Origin[];
  readonly originIndex: Uint32Array;
  readonly originRow: Uint32Array;
  /** The digests of all origins as bytes, 18 each. */
  readonly originDigests: Uint8Array;
  /** What pages are made from. */
  readonly columns: Rows;
}

/** Part of a statement's rows in the bundle format. */
export type Page = TracedRows;

/** Chosen rows, without an object a row: row i is row `row[i]` of `from`. */
export interface Selection {
  readonly from: TracedRows;
  readonly row: Uint32Array;
}
