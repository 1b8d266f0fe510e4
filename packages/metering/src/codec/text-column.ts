import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { readTexts, type TextBudget, type TextTable } from "./text-table.ts";
import { readIndexes, writeNumbers } from "./uint-column.ts";
import { writeTexts } from "./write-texts.ts";

/**
 * Texts of rows by a dictionary in the order of first use. A row that brings a new text says 0, so that a column whose texts
 * all differ costs nothing beside its dictionary; other rows say one more than the text's index.
 */
export class TextColumnBuilder {
  private readonly indexes = new Map<string, number>();
  private readonly texts: string[] = [];
  private readonly codes: number[] = [];
  private last = "";
  private lastCode = 0;

  /** Appends a row; returns how much text the dictionary grew by, in UTF-16 units. */
  add(text: string): number {
    if (text === this.last && this.lastCode !== 0) {
      this.codes.push(this.lastCode);
      return 0;
    }
    const known = this.indexes.get(text);
    this.last = text;
    if (known !== undefined) {
      this.lastCode = known + 1;
      this.codes.push(known + 1);
      return 0;
    }
    this.indexes.set(text, this.texts.length);
    this.texts.push(text);
    this.lastCode = this.texts.length;
    this.codes.push(0);
    return text.length;
  }

  /** Writes dictionary and rows. */
  write(writer: ByteWriter): void {
    writeTexts(writer, this.texts);
    writeNumbers(writer, this.codes);
  }
}

/** A column of texts as it was read. */
export interface TextColumn {
  readonly table: TextTable;
  readonly indexes: Uint32Array;
}

/** Reads a column of `count` texts; every text of its dictionary is used. */
export function readTextColumn(reader: ByteReader, count: number, budget: TextBudget): TextColumn {
  const table = readTexts(reader, count, budget);
  const indexes = readIndexes(reader, count, table.count + 1);
  let next = 0;
  for (let row = 0; row < indexes.length; row++) {
    const code = indexes[row] ?? 0;
    if (code > next) reader.fail();
    indexes[row] = code === 0 ? next++ : code - 1;
  }
  if (next !== table.count) reader.fail();
  return { table, indexes };
}
