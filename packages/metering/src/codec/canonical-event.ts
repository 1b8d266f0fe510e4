import type { Bundle } from "./bundle.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { writeTime } from "./canonical-time.ts";
import { Piece } from "./piece.ts";

/**
 * Writes rows of one bundle as the leaves of a Merkle tree see them: JSON by RFC 8785, but with numbers in plain decimal form
 * with all their digits. A void has `reason` and `"void":true` in place of `data` and `type`.
 *
 * What rows share (customer, source, type, and the keys of `data`) is spelled once.
 * Source: docs/bundle-format.md, "Canonical event".
 */
export class CanonicalRows {
  private readonly bundle: Bundle;
  private readonly heads: Piece[] = [];
  private readonly sources: Piece[] = [];
  private readonly types: Piece[] = [];

  constructor(bundle: Bundle) {
    this.bundle = bundle;
  }

  /** Writes a row. */
  write(row: number, writer: ByteWriter): void {
    const { bundle } = this;
    writer.piece(this.head(bundle.customerIndex[row] ?? 0));
    const isVoid = bundle.kind(row) === "void";
    if (!isVoid) {
      writer.piece(dataKey);
      bundle.dataColumns.shapeAt(row).writeJson(bundle.dataColumns.ordinal(row), writer);
    }
    writer.piece(idKey);
    bundle.ids.writeJson(row, writer);
    if (isVoid) writeReason(bundle, row, writer);
    writer.piece(this.source(bundle.sourceIndex[row] ?? 0));
    writeTime(bundle.times[row] ?? 0, writer);
    writer.piece(isVoid ? voidTail : this.tail(bundle.typeIndex[row] ?? 0));
  }

  /** Writes what conflicts compare beside the time: type and data. */
  writeContent(row: number, writer: ByteWriter): void {
    const { dataColumns, typeIndex } = this.bundle;
    writer.piece(this.tail(typeIndex[row] ?? 0));
    dataColumns.shapeAt(row).writeJson(dataColumns.ordinal(row), writer);
  }

  private head(index: number): Piece {
    this.heads[index] ??= Piece.of(`{"customer":${JSON.stringify(this.bundle.customers[index] ?? "")}`);
    return this.heads[index];
  }

  private source(index: number): Piece {
    const source = this.bundle.sources[index] ?? "";
    this.sources[index] ??= Piece.of(`${source === "" ? "" : `,"source":${JSON.stringify(source)}`},"time":"`);
    return this.sources[index];
  }

  private tail(index: number): Piece {
    this.types[index] ??= Piece.of(`","type":${JSON.stringify(this.bundle.types[index] ?? "")}}`);
    return this.types[index];
  }
}

function writeReason(bundle: Bundle, row: number, writer: ByteWriter): void {
  const { reason } = bundle.data(row);
  if (typeof reason === "string") writer.text(`,"reason":${JSON.stringify(reason)}`);
}

const dataKey = Piece.of(',"data":');
const idKey = Piece.of(',"id":');
const voidTail = Piece.of('","void":true}');
