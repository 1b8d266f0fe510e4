import { err, ok, type Result } from "@farthing/money";
import type { BundleDigest, BundleError, Origin, Page, Selection } from "./bundle.ts";
import { BundleBuilder, contentKinds } from "./bundle-builder.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { DecodedBundle } from "./decoded-bundle.ts";
import { digestBytes, frame, unframe } from "./frame.ts";
import { hard } from "./limits.ts";
import { type Rows, readRows } from "./read-rows.ts";
import { readTimes, writeTimes } from "./time-column.ts";
import { readIndexes, writeNumbers } from "./uint-column.ts";

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
function stepOf({ bundles }: Selection): number {
  const widest = bundles.reduce((most, { bundle }) => Math.max(most, bundle.dataColumns.widest), 1);
  return Math.max(1, Math.min(256, Math.floor(4096 / widest)));
}

/** Packs rows from `start` on, until `most` bytes are likely reached. */
function fill(selection: Selection, start: number, most: number | undefined, last = selection.row.length): PackedPage {
  const builder = new BundleBuilder();
  const step = stepOf(selection);
  let end = start;
  while (end < last && (most === undefined || !(builder.full || builder.estimate + 2 * builder.count >= most))) {
    const next = Math.min(end + step, last);
    builder.addRows(selection, end, next);
    end = next;
  }
  const content = builder.write(contentKinds.page, (columns, raw) => writeOrigins(columns, raw, selection, start, end));
  return { blob: frame(content), start, end };
}

function writeOrigins(columns: ByteWriter, raw: ByteWriter, selection: Selection, start: number, end: number): void {
  const used = new Map<number, number>();
  const indexes = new Uint32Array(end - start);
  for (let i = start; i < end; i++) {
    const bundle = selection.bundle[i] ?? 0;
    const index = used.get(bundle) ?? used.size;
    if (index === used.size) used.set(bundle, index);
    indexes[i - start] = index;
  }
  const origins = [...used.keys()].flatMap((bundle) => selection.bundles[bundle] ?? []);
  columns.varint(origins.length);
  writeTimes(
    columns,
    origins.map((origin) => origin.receivedAt),
  );
  writeNumbers(columns, indexes);
  writeNumbers(columns, selection.row.subarray(start, end));
  for (const { digest } of origins) {
    const at = raw.claim(digestBytes);
    raw.bytes.write(digest, at, digestBytes, "base64url");
  }
}

class DecodedPage extends DecodedBundle implements Page {
  readonly origins: readonly Origin[];
  readonly originIndex: Uint32Array;
  readonly originRow: Uint32Array;

  constructor(rows: Rows, columns: ByteReader, raw: ByteReader) {
    super(rows);
    const count = columns.count(rows.count);
    const times = readTimes(columns, count);
    this.originIndex = readIndexes(columns, rows.count, Math.max(count, 1));
    this.originRow = readIndexes(columns, rows.count, hard.rows);
    this.origins = Array.from(times, (receivedAt) => {
      const at = raw.take(digestBytes);
      const digest = Buffer.from(raw.bytes.subarray(at, at + digestBytes)).toString("base64url") as BundleDigest;
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
