import type { ExactJson } from "../event.ts";
import type { Quantity } from "./bundle.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { type LeafBuilder, type LeafRows, leafKinds } from "./leaf.ts";
import { readIndexes, writeNumbers } from "./uint-column.ts";

const literals = [null, false, true] as const;

/** Collects the literals of a leaf: null, false and true are 0, 1 and 2. */
export class LiteralLeafBuilder implements LeafBuilder {
  private readonly codes: number[] = [];

  add(value: ExactJson): number {
    this.codes.push(value === null ? 0 : value === true ? 2 : 1);
    return 0;
  }

  write(writer: ByteWriter): void {
    writeNumbers(writer, this.codes);
  }
}

/** Literals as they were read. */
export class LiteralLeaf implements LeafRows {
  readonly kind = leafKinds.literal;
  readonly codes: Uint32Array;

  constructor(codes: Uint32Array) {
    this.codes = codes;
  }

  quantity(at: number): Quantity {
    return this.codes[at] === 0 ? "missing" : "not_numeric";
  }

  text(at: number): string | undefined {
    return this.codes[at] === 0 ? undefined : String(this.value(at));
  }

  value(at: number): ExactJson {
    return literals[this.codes[at] ?? 0] ?? null;
  }

  writeJson(at: number, writer: ByteWriter): void {
    writer.text(String(this.value(at)));
  }
}

/** Reads a column of `count` literals. */
export function readLiteralLeaf(reader: ByteReader, count: number): LiteralLeaf {
  return new LiteralLeaf(readIndexes(reader, count, literals.length));
}
