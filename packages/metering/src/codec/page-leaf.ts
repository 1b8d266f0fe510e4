import type { ByteWriter } from "./byte-writer.ts";
import { GrowingNumbers, GrowingWords } from "./growing.ts";
import { type Leaf, leafKinds } from "./leaf.ts";
import type { LiteralLeaf } from "./literal-leaf.ts";
import { asTexts } from "./number-column.ts";
import { largeScale, type NumberLeaf } from "./number-leaf.ts";
import { PageTexts } from "./page-texts.ts";
import { TextColumnBuilder } from "./text-column.ts";
import type { TextLeaf } from "./text-leaf.ts";
import { rangeOf, writeNumbers, writeWords } from "./uint-column.ts";

/** Writes chosen rows of a leaf, page after page. */
export interface PageLeaf {
  /** Begins a page. */
  begin(): void;
  /** Takes in the rows that a list names from `start` up to `end`; returns how much text is new to the page. */
  add(rows: Uint32Array, start: number, end: number): number;
  /** Writes all rows of the page, which `rows` names. */
  write(writer: ByteWriter, rows: Uint32Array): void;
}

class TextPageLeaf implements PageLeaf {
  private readonly texts: PageTexts;

  constructor({ column }: TextLeaf) {
    this.texts = new PageTexts(column);
  }

  begin(): void {
    this.texts.begin();
  }

  add(rows: Uint32Array, start: number, end: number): number {
    return this.texts.add(rows, start, end);
  }

  write(writer: ByteWriter): void {
    this.texts.write(writer);
  }
}

const chosen = new GrowingNumbers(1024);
const codes = new GrowingWords(1024);

class NumberPageLeaf implements PageLeaf {
  private readonly leaf: NumberLeaf;

  constructor(leaf: NumberLeaf) {
    this.leaf = leaf;
  }

  begin(): void {}

  add(rows: Uint32Array, start: number, end: number): number {
    if (this.leaf.large.length === 0) return 0;
    let text = 0;
    for (let i = start; i < end; i++) if (this.leaf.scaleOf(rows[i] ?? 0) === largeScale) text += 32;
    return text;
  }

  write(writer: ByteWriter, rows: Uint32Array): void {
    const scale = this.leaf.scale === 0 ? this.plain(rows) : this.scaled(rows);
    if (scale === undefined) {
      this.writeTexts(writer, rows);
      return;
    }
    writer.byte(scale);
    writeNumbers(writer, chosen.view());
  }

  private plain(rows: Uint32Array): number {
    const { values } = this.leaf;
    chosen.length = 0;
    chosen.claim(rows.length);
    const target = chosen.values;
    for (let i = 0; i < rows.length; i++) target[i] = values[rows[i] ?? 0] ?? 0;
    return 0;
  }

  /** Brings all numbers to the least scale that suits them all; undefined where a double cannot hold one of them then. */
  private scaled(rows: Uint32Array): number | undefined {
    let most = 0;
    for (const row of rows) {
      if (this.leaf.scaleOf(row) === largeScale) return undefined;
      most = Math.max(most, this.shortened(row).scale);
    }
    chosen.length = 0;
    const at = chosen.claim(rows.length);
    rows.forEach((row, i) => {
      const { value, scale } = this.shortened(row);
      chosen.values[at + i] = value * 10 ** (most - scale);
    });
    const { min, max } = rangeOf(chosen.view());
    const fits = -min <= Number.MAX_SAFE_INTEGER && max <= Number.MAX_SAFE_INTEGER;
    return fits && max - min <= Number.MAX_SAFE_INTEGER ? most : undefined;
  }

  private shortened(row: number): { readonly value: number; readonly scale: number } {
    let [value, scale] = [this.leaf.values[row] ?? 0, this.leaf.scaleOf(row)];
    while (scale > 0 && value % 10 === 0) [value, scale] = [value / 10, scale - 1];
    return { value: value + 0, scale };
  }

  private writeTexts(writer: ByteWriter, rows: Uint32Array): void {
    const texts = new TextColumnBuilder();
    for (const row of rows) texts.add(this.leaf.text(row));
    writer.byte(asTexts);
    texts.write(writer);
  }
}

class LiteralPageLeaf implements PageLeaf {
  private readonly leaf: LiteralLeaf;

  constructor(leaf: LiteralLeaf) {
    this.leaf = leaf;
  }

  begin(): void {}

  add(): number {
    return 0;
  }

  write(writer: ByteWriter, rows: Uint32Array): void {
    codes.length = 0;
    for (const row of rows) codes.push(this.leaf.codes[row] ?? 0);
    writeWords(writer, codes.view());
  }
}

/** What writes a leaf's rows into pages. */
export function pageLeaf(leaf: Leaf): PageLeaf {
  if (leaf.kind === leafKinds.text) return new TextPageLeaf(leaf);
  return leaf.kind === leafKinds.number ? new NumberPageLeaf(leaf) : new LiteralPageLeaf(leaf);
}
