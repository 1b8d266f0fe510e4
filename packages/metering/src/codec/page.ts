import { err, ok, type Result } from "@farthing/money";
import type { BundleDigest, BundleError, Origin, Page, Selection, TracedRows } from "./bundle.ts";
import { contentKinds } from "./bundle-builder.ts";
import type { ByteReader } from "./byte-reader.ts";
import { DecodedBundle } from "./decoded-bundle.ts";
import { digestBytes, frame, unframe } from "./frame.ts";
import { hard } from "./limits.ts";
import { PageBuilder } from "./page-builder.ts";
import { type Rows, readRows } from "./read-rows.ts";
import { readTimes } from "./time-column.ts";
import { readIndexes } from "./uint-column.ts";

/** A page ready to store: the rows of a selection from `start` up to `end`. */
export interface PackedPage {
  readonly blob: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Packs chosen rows, in their order, into one page. Errors: throws past the sizes of one page (`packPages` splits). */
export function encodePage(selection: Selection): Uint8Array {
  return fill(selection, 0, undefined).blob;
}

/** Packs chosen rows into as many pages as they need, in order, so that no blob has more than `maxBytes`. */
export function packPages(selection: Selection, { maxBytes }: { readonly maxBytes: number }): PackedPage[] {
  const pages: PackedPage[] = [];
  let start = 0;
  while (start < selection.row.length) {
    let page = fill(selection, start, maxBytes);
    while (page.blob.length > maxBytes && page.end - start > 1) {
      const fewer = Math.floor((page.end - start) * Math.min(0.95, maxBytes / page.blob.length));
      page = fill(selection, start, undefined, start + Math.max(1, fewer));
    }
    pages.push(page);
    start = page.end;
  }
  return pages;
}

/** How many rows go in between two looks at how full a page is: few where data is wide. */
function stepOf({ dataColumns }: TracedRows): number {
  return Math.max(1, Math.min(256, Math.floor(4096 / Math.max(1, dataColumns.widest))));
}

const builders = new WeakMap<TracedRows, PageBuilder>();

/** The builder of a set of columns' pages, made once: it keeps lists as long as the columns' dictionaries. */
function builderOf(from: TracedRows): PageBuilder {
  const known = builders.get(from);
  if (known !== undefined) return known;
  const made = new PageBuilder(from);
  builders.set(from, made);
  return made;
}

/** Packs rows from `start` on, until `most` bytes are likely reached. */
function fill({ from, row }: Selection, start: number, most: number | undefined, last = row.length): PackedPage {
  const builder = builderOf(from);
  const step = stepOf(from);
  let end = start;
  builder.begin(row, start);
  while (end < last && (most === undefined || !(builder.full || builder.estimate >= most))) {
    end = Math.min(end + step, last);
    builder.addUpTo(end);
  }
  return { blob: frame(builder.write()), start, end };
}

class DecodedPage extends DecodedBundle implements Page {
  readonly originDigests: Uint8Array;
  readonly origins: readonly Origin[];
  readonly originIndex: Uint32Array;
  readonly originRow: Uint32Array;

  constructor(rows: Rows, columns: ByteReader, raw: ByteReader) {
    super(rows);
    const count = columns.count(rows.count);
    const times = readTimes(columns, count);
    this.originIndex = readIndexes(columns, rows.count, Math.max(count, 1));
    this.originRow = readIndexes(columns, rows.count, hard.rows);
    const at = raw.take(times.length * digestBytes);
    this.originDigests = raw.bytes.subarray(at, at + times.length * digestBytes);
    const digests = Buffer.from(this.originDigests);
    this.origins = Array.from(times, (receivedAt, i) => {
      const digest = digests.toString("base64url", i * digestBytes, (i + 1) * digestBytes) as BundleDigest;
      return { digest, receivedAt };
    });
  }
}

/** Reads a page. Errors: `bundle_unknown_version`, else `bundle_corrupt` on anything that is no page. */
export function decodePage(blob: Uint8Array): Result<Page, BundleError> {
  const content = unframe(blob);
  if (!content.ok) return content;
  const read = readRows(content.value, contentKinds.page);
  if (read === undefined) return err({ code: "bundle_corrupt" });
  const page = new DecodedPage(read.rows, read.columns, read.raw);
  return read.columns.finished() && read.raw.finished() ? ok(page) : err({ code: "bundle_corrupt" });
}
