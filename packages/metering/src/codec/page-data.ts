import type { ByteWriter } from "./byte-writer.ts";
import { writeDataHead } from "./data-builder.ts";
import type { DataColumns } from "./data-columns.ts";
import { GrowingWords } from "./growing.ts";
import { type PageLeaf, pageLeaf } from "./page-leaf.ts";
import { nodesOf, type ObjectShape } from "./shape.ts";
import { writeWords } from "./uint-column.ts";

/** The rows of one shape in the page being made. */
interface PageShape {
  readonly shape: ObjectShape;
  readonly nodes: number;
  readonly keyText: number;
  readonly leaves: readonly PageLeaf[];
  readonly rows: GrowingWords;
  page: number;
  code: number;
  /** How many of `rows` the leaves have taken in. */
  done: number;
}

/** Writes the data of chosen rows, page after page. */
export class PageData {
  cells = 0;
  nodes = 0;
  /** How much text the keys of all shapes are. */
  keyText = 0;
  private readonly data: DataColumns;
  private readonly shapes: (PageShape | undefined)[] = [];
  private used: PageShape[] = [];
  private readonly codes = new GrowingWords();
  private page = 0;

  constructor(data: DataColumns) {
    this.data = data;
  }

  /** Begins a page. */
  begin(): void {
    this.page++;
    this.cells = 0;
    this.nodes = 0;
    this.keyText = 0;
    this.used = [];
    this.codes.length = 0;
  }

  /** Appends the rows that a list names from `start` up to `end`; returns how many bytes of text are new to the page. */
  add(rows: Uint32Array, start: number, end: number): number {
    const { data } = this;
    for (let i = start; i < end; i++) {
      const row = rows[i] ?? 0;
      const shape = this.shapeOf(data.index(row));
      this.codes.push(shape.code);
      shape.rows.push(data.ordinal(row));
    }
    let text = 0;
    for (const shape of this.used) {
      const { rows: list, leaves, done } = shape;
      for (const leaf of leaves) text += leaf.add(list.values, done, list.length);
      this.cells += leaves.length * (list.length - done);
      shape.done = list.length;
    }
    return text;
  }

  private shapeOf(index: number): PageShape {
    const shape = this.shapes[index] ?? this.made(index);
    if (shape.page === this.page) return shape;
    shape.page = this.page;
    shape.code = this.used.push(shape) - 1;
    shape.rows.length = 0;
    shape.done = 0;
    for (const leaf of shape.leaves) leaf.begin();
    this.nodes += shape.nodes;
    this.keyText += shape.keyText;
    return shape;
  }

  private made(index: number): PageShape {
    const from = this.data.shapes[index];
    if (from === undefined) throw new Error("a row of a shape that is not there");
    const { shape, signature } = from;
    const counts = { nodes: nodesOf(shape), keyText: signature.length, page: 0, code: 0, done: 0 };
    const made = { shape, ...counts, leaves: from.leaves.map(pageLeaf), rows: new GrowingWords() };
    this.shapes[index] = made;
    return made;
  }

  /** Writes keys, shapes, the shape of each row, and the leaves of one shape after the other. */
  write(writer: ByteWriter): void {
    writeDataHead(
      writer,
      this.used.map(({ shape }) => shape),
    );
    writeWords(writer, this.codes.view());
    for (const { leaves, rows } of this.used) for (const leaf of leaves) leaf.write(writer, rows.view());
  }
}
