import { parseDecimal } from "@farthing/money";
import type { ExactJson } from "../event.ts";
import type { Quantity } from "./bundle.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { type LeafBuilder, type LeafRows, leafKinds } from "./leaf.ts";
import { quantityOf } from "./number-leaf.ts";
import { readTextColumn, type TextColumn, TextColumnBuilder } from "./text-column.ts";
import type { TextBudget } from "./text-table.ts";

/** Collects the texts of a leaf. */
export class TextLeafBuilder implements LeafBuilder {
  private readonly column = new TextColumnBuilder();

  add(value: ExactJson): number {
    if (typeof value !== "string") throw new Error("not a text");
    return this.column.add(value);
  }

  write(writer: ByteWriter): void {
    this.column.write(writer);
  }
}

/** Texts as they were read; what a text is worth as a number is found out once for each text of the dictionary. */
export class TextLeaf implements LeafRows {
  readonly kind = leafKinds.text;
  readonly column: TextColumn;
  private readonly quantities: (Quantity | undefined)[] = [];

  constructor(column: TextColumn) {
    this.column = column;
  }

  quantity(at: number): Quantity {
    const index = this.column.indexes[at] ?? 0;
    const known = this.quantities[index];
    if (known !== undefined) return known;
    const parsed = parseDecimal(this.column.table.get(index));
    const quantity = parsed.ok ? quantityOf(parsed.value) : "not_numeric";
    this.quantities[index] = quantity;
    return quantity;
  }

  text(at: number): string {
    return this.column.table.get(this.column.indexes[at] ?? 0);
  }

  value(at: number): ExactJson {
    return this.text(at);
  }

  writeJson(at: number, writer: ByteWriter): void {
    this.column.table.writeJson(this.column.indexes[at] ?? 0, writer);
  }
}

/** Reads a column of `count` texts. */
export function readTextLeaf(reader: ByteReader, count: number, budget: TextBudget): TextLeaf {
  return new TextLeaf(readTextColumn(reader, count, budget));
}
