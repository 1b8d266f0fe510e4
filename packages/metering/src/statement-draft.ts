import { createHash, hash } from "node:crypto";
import { LeafHasher, merkleRoot } from "@farthing/proof";
import type { Selection } from "./codec/bundle.ts";
import { ByteWriter } from "./codec/byte-writer.ts";
import { packPages } from "./codec/index.ts";
import type { Hour } from "./hour.ts";
import { hourStart } from "./hour.ts";
import type { HourFold } from "./hour-fold.ts";
import type { MeterSet } from "./meter.ts";
import { bytesOf } from "./pages.ts";
import { concatenate, inTimeOrder } from "./selection.ts";
import type { PageRef, RowCounts, Statement } from "./statement.ts";
import { keptTally } from "./tally.ts";
import type { MeterReaders } from "./tally-builder.ts";
import { tallyRows } from "./tally-range.ts";
import type { TimeRange } from "./time-range.ts";

/** A statement that has no number yet, with the chunks to store before it. */
export interface StatementDraft {
  readonly statement: Omit<Statement, "number">;
  readonly chunks: readonly Uint8Array[];
}

/** A chunk has to fit an item of 400 KB with its keys. Units: bytes. */
const maxChunkBytes = 380_000;
/** A page this small goes inside its statement, so that both are one write unit. Units: bytes. */
const maxInlineBytes = 600;
/** As many fingerprints as a header carries itself. */
const maxInlineFingerprints = 100;
const fingerprintsPerChunk = 90_000;
const everything: TimeRange = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** The meters of a statement, with their readers where several statements come from the same bundles. */
export interface DraftMeters {
  readonly set: MeterSet;
  readonly readers: MeterReaders;
}

/** Drafts the statement of what a fold found new; undefined where it found nothing. */
export function draftStatement(hour: Hour, fold: HourFold, meters: DraftMeters): StatementDraft | undefined {
  const counts = countsOf(fold);
  if (counts.events + counts.voids + counts.duplicates + counts.conflicts === 0) return undefined;
  const events = inTimeOrder(fold.events);
  const rows = concatenate([
    events,
    inTimeOrder(fold.voids),
    inTimeOrder(fold.duplicates),
    inTimeOrder(fold.conflicts),
  ]);
  const { page, chunks, fingerprints } = paged(rows, events);
  const tally = keptTally(tallyRows(events, meters.set, { range: everything, known: meters.readers }));
  const [first, last] = span(hour, events);
  const header = {
    hour,
    root: rootOf(rows, counts),
    counts,
    first,
    last,
    tally,
    meterRevision: meters.set.revision,
    page,
  };
  return { statement: fingerprints === undefined ? header : { ...header, fingerprints }, chunks };
}

function countsOf(fold: HourFold): RowCounts {
  return {
    events: fold.events.row.length,
    voids: fold.voids.row.length,
    duplicates: fold.duplicates.row.length,
    conflicts: fold.conflicts.row.length,
  };
}

function span(hour: Hour, { from, row }: Selection): [first: number, last: number] {
  const at = (i: number) => from.times[row[i] ?? 0] ?? hourStart(hour);
  return row.length === 0 ? [hourStart(hour), hourStart(hour)] : [at(0), at(row.length - 1)];
}

/**
 * The Merkle root over a statement's rows. A leaf is a byte for the row's part (0 event, 1 void, 2 duplicate, 3 conflict)
 * and the canonical event. Source: RFC 6962, section 2.1.
 */
function rootOf({ from, row }: Selection, counts: RowCounts): string {
  const hasher = new LeafHasher(row.length);
  const room = Buffer.from(hasher.bytes.buffer);
  const writer = new ByteWriter(room);
  for (let i = 0; i < row.length; i++) {
    const at = hasher.begin(usualLeafBytes);
    writer.moveTo(room, at);
    writer.byte(partOf(i, counts));
    from.canonical.write(row[i] ?? 0, writer);
    if (writer.bytes === room) hasher.end(writer.length);
    else hasher.add(writer.bytes.subarray(at, writer.length));
  }
  return Buffer.from(merkleRoot(hasher.finish())).toString("hex");
}

/** What most leaves fit into; the hasher's memory holds hundreds of it. */
const usualLeafBytes = 4096;

function partOf(row: number, counts: RowCounts): number {
  if (row < counts.events) return 0;
  if (row < counts.events + counts.voids) return 1;
  return row < counts.events + counts.voids + counts.duplicates ? 2 : 3;
}

interface Paged {
  readonly page: PageRef;
  readonly chunks: readonly Uint8Array[];
  readonly fingerprints?: Uint32Array;
}

function paged(rows: Selection, events: Selection): Paged {
  const parts = packPages(rows, { maxBytes: maxChunkBytes });
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && only.blob.length <= maxInlineBytes) {
    return { page: { kind: "inline", blob: only.blob }, chunks: [] };
  }
  const words = sortedHashes(events);
  const inline = words.length <= maxInlineFingerprints;
  const filters = inline ? [] : slices(bytesOf(words), fingerprintsPerChunk * 4);
  const chunks = [...parts.map(({ blob }) => blob), ...filters];
  const key = contentKey(chunks);
  const page = {
    kind: "chunks",
    key,
    rows: parts.map(({ start, end }) => end - start),
    fingerprints: filters.length,
  } as const;
  return inline ? { page, chunks, fingerprints: words } : { page, chunks };
}

function sortedHashes({ from, row }: Selection): Uint32Array {
  const { low } = from.identityHashes();
  return row.map((at) => low[at] ?? 0).sort();
}

function slices(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

function contentKey(chunks: readonly Uint8Array[]): string {
  const [only] = chunks;
  // Most statements have one chunk, and one call takes a fraction of what an object for several takes.
  if (chunks.length === 1 && only !== undefined) {
    return hash("sha256", Buffer.concat([Buffer.from(`${only.length}:`), only]), "base64url");
  }
  const whole = createHash("sha256");
  for (const chunk of chunks) whole.update(`${chunk.length}:`).update(chunk);
  return whole.digest("base64url");
}
