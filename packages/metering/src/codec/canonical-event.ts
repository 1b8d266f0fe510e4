import type { Bundle } from "./bundle.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { writeTime } from "./canonical-time.ts";

/**
 * Writes rows of one bundle as the leaves of a Merkle tree see them: JSON by RFC 8785, but with numbers in plain decimal form
 * with all their digits. A void has `reason` and `"void":true` in place of `data` and `type`.
 *
 * What rows share (customer, source, type, and the keys of `data`) is spelled once.
 * Source: docs/bundle-format.md, "Canonical event".
 */
export class CanonicalRows {
  private readonly bundle: Bundle;
  private readonly heads: Uint8Array[] = [];
  private readonly sources: Uint8Array[] = [];
  private readonly types: Uint8Array[] = [];

  constructor(bundle: Bundle) {
    this.bundle = bundle;
  }

  /** Writes a row. */
  write(row: number, writer: ByteWriter): void {
    const { bundle } = this;
    put(writer, this.head(bundle.customerIndex[row] ?? 0));
    const isVoid = bundle.kind(row) === "void";
    if (!isVoid) {
      put(writer, dataKey);
      bundle.dataColumns.shapeAt(row).writeJson(bundle.dataColumns.ordinal(row), writer);
    }
    put(writer, idKey);
    bundle.ids.writeJson(row, writer);
    if (isVoid) writeReason(bundle, row, writer);
    put(writer, this.source(bundle.sourceIndex[row] ?? 0));
    writeTime(bundle.times[row] ?? 0, writer);
    put(writer, isVoid ? voidTail : this.tail(bundle.typeIndex[row] ?? 0));
  }

  /** Writes what conflicts compare beside the time: type and data. */
  writeContent(row: number, writer: ByteWriter): void {
    const { dataColumns, typeIndex } = this.bundle;
    put(writer, this.tail(typeIndex[row] ?? 0));
    dataColumns.shapeAt(row).writeJson(dataColumns.ordinal(row), writer);
  }

  private head(index: number): Uint8Array {
    this.heads[index] ??= Buffer.from(`{"customer":${JSON.stringify(this.bundle.customers[index] ?? "")}`);
    return this.heads[index];
  }

  private source(index: number): Uint8Array {
    const source = this.bundle.sources[index] ?? "";
    this.sources[index] ??= Buffer.from(`${source === "" ? "" : `,"source":${JSON.stringify(source)}`},"time":"`);
    return this.sources[index];
  }

  private tail(index: number): Uint8Array {
    this.types[index] ??= Buffer.from(`","type":${JSON.stringify(this.bundle.types[index] ?? "")}}`);
    return this.types[index];
  }
}

function put(writer: ByteWriter, bytes: Uint8Array): void {
  writer.copy(bytes, 0, bytes.length);
}

function writeReason(bundle: Bundle, row: number, writer: ByteWriter): void {
  const { reason } = bundle.data(row);
  if (typeof reason === "string") writer.text(`,"reason":${JSON.stringify(reason)}`);
}

const dataKey = Buffer.from(',"data":');
const idKey = Buffer.from(',"id":');
const voidTail = Buffer.from('","void":true}');
