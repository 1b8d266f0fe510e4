import type { Decimal } from "@farthing/money";
import { chosenNumbers, chosenWords, GrowingNumbers, GrowingWords } from "./growing.ts";
import { type Leaf, type LeafKind, leafKinds } from "./leaf.ts";
import { LiteralLeaf } from "./literal-leaf.ts";
import { largeScale, NumberLeaf } from "./number-leaf.ts";
import type { TextColumn } from "./text-column.ts";
import { TextLeaf } from "./text-leaf.ts";
import { TextPool } from "./text-pool.ts";

/** One leaf of a shape, or a column of texts, of several bundles while they are merged. */
interface LeafMerger {
  /** Appends all rows of a leaf of the merger's kind. */
  append(leaf: Leaf): void;
  /** The rows that were appended, in the given order. */
  merged(order: Uint32Array): Leaf;
}

/** Merges columns of texts: each text is kept once. */
export class TextColumnMerger {
  readonly pool = new TextPool();
  private readonly indexes: GrowingWords;

  constructor(capacity?: number) {
    this.indexes = new GrowingWords(capacity);
  }

  /** Appends all rows of a column. */
  append({ table, indexes }: TextColumn): void {
    const merged = this.pool.addAll(table);
    const first = merged[0] ?? 0;
    if (merged.length === 1) {
      this.indexes.repeat(first, indexes.length);
      return;
    }
    const start = this.indexes.claim(indexes.length);
    const target = this.indexes.values;
    for (let row = 0; row < indexes.length; row++) target[start + row] = merged[indexes[row] ?? 0] ?? 0;
  }

  /** The index of each row's text so far. */
  view(): Uint32Array {
    return this.indexes.view();
  }

  /** The column in the given order of its rows. */
  merged(order: Uint32Array): TextColumn {
    return { table: this.pool.table(), indexes: chosenWords(this.indexes.view(), order) };
  }
}

class TextLeafMerger implements LeafMerger {
  private readonly column = new TextColumnMerger();

  append(leaf: Leaf): void {
    if (leaf.kind === leafKinds.text) this.column.append(leaf.column);
  }

  merged(order: Uint32Array): Leaf {
    return new TextLeaf(this.column.merged(order));
  }
}

class NumberLeafMerger implements LeafMerger {
  private readonly values = new GrowingNumbers();
  private readonly large: Decimal[] = [];
  /** The scale of all rows; −1 from where they differ, and then `scales` holds each. */
  private scale = 0;
  private scales: GrowingWords | undefined;

  append(leaf: Leaf): void {
    if (leaf.kind !== leafKinds.number) return;
    const start = this.values.length;
    this.values.append(leaf.values);
    if (start === 0 && leaf.scale >= 0) this.scale = leaf.scale;
    else if (leaf.scale < 0 || leaf.scale !== this.scale) this.keepScales(start);
    if (this.scales === undefined) return;
    const { scales } = this;
    for (let i = 0; i < leaf.values.length; i++) {
      const scale = leaf.scaleOf(i);
      scales.push(scale);
      if (scale === largeScale) this.keepLarge(leaf, i, start + i);
    }
  }

  private keepScales(rows: number): void {
    if (this.scales !== undefined) return;
    this.scales = new GrowingWords(this.values.values.length);
    this.scales.repeat(this.scale, rows);
    this.scale = -1;
  }

  private keepLarge(leaf: NumberLeaf, at: number, row: number): void {
    const decimal = leaf.large[leaf.values[at] ?? 0];
    if (decimal !== undefined) this.values.values[row] = this.large.push(decimal) - 1;
  }

  merged(order: Uint32Array): Leaf {
    const scale = this.scales === undefined ? this.scale : chosenWords(this.scales.view(), order);
    return new NumberLeaf(chosenNumbers(this.values.values, order), scale, this.large);
  }
}

class LiteralLeafMerger implements LeafMerger {
  private readonly codes = new GrowingWords();

  append(leaf: Leaf): void {
    if (leaf.kind !== leafKinds.literal) return;
    const at = this.codes.claim(leaf.codes.length);
    this.codes.values.set(leaf.codes, at);
  }

  merged(order: Uint32Array): Leaf {
    return new LiteralLeaf(chosenWords(this.codes.view(), order));
  }
}

const mergers = [() => new TextLeafMerger(), () => new NumberLeafMerger(), () => new LiteralLeafMerger()] as const;

/** A merger of leaves of a kind. */
export function leafMerger(kind: LeafKind): LeafMerger {
  return mergers[kind]();
}
