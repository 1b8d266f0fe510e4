import { DataColumns, ShapeRows } from "./data-columns.ts";
import { GrowingWords } from "./growing.ts";
import { leafMerger } from "./leaf-merger.ts";
import { leavesOf, type ObjectShape } from "./shape.ts";

interface MergedShape {
  readonly index: number;
  readonly shape: ObjectShape;
  readonly leaves: readonly ReturnType<typeof leafMerger>[];
  rows: number;
}

/** Merges the data of bundles: rows of equal shapes come into the same columns. */
export class DataMerger {
  private readonly shapes = new Map<string, MergedShape>();
  private readonly indexes: GrowingWords;
  private readonly ordinals: GrowingWords;

  constructor(capacity: number) {
    this.indexes = new GrowingWords(capacity);
    this.ordinals = new GrowingWords(capacity);
  }

  /** Appends the data of `count` rows. */
  append(data: DataColumns, count: number): void {
    const merged = data.shapes.map((rows) => this.shapeOf(rows));
    const bases = merged.map(({ rows }) => rows);
    const start = this.indexes.claim(count);
    this.ordinals.claim(count);
    const [indexes, ordinals] = [this.indexes.values, this.ordinals.values];
    for (let row = 0; row < count; row++) {
      const local = data.index(row);
      indexes[start + row] = merged[local]?.index ?? 0;
      ordinals[start + row] = (bases[local] ?? 0) + data.ordinal(row);
    }
    const [only] = merged;
    if (merged.length === 1 && only !== undefined) only.rows += count;
    else for (let row = 0; row < count; row++) bump(merged[data.index(row)]);
  }

  private shapeOf({ signature, shape, leaves }: ShapeRows): MergedShape {
    const known = this.shapes.get(signature);
    const merged = known ?? {
      index: this.shapes.size,
      shape,
      leaves: leavesOf(shape).map(leafMerger),
      rows: 0,
    };
    if (known === undefined) this.shapes.set(signature, merged);
    leaves.forEach((leaf, i) => {
      merged.leaves[i]?.append(leaf);
    });
    return merged;
  }

  /** The data in the given order of the rows. */
  merged(order: Uint32Array): DataColumns {
    const shapes = [...this.shapes.values()];
    const sole = shapes[0];
    if (shapes.length === 1 && sole !== undefined) {
      const rows = new ShapeRows(
        sole.shape,
        sole.leaves.map((leaf) => leaf.merged(order)),
      );
      return new DataColumns([rows], noWords, noWords);
    }
    return this.sorted(shapes, order);
  }

  private sorted(shapes: readonly MergedShape[], order: Uint32Array): DataColumns {
    const within = shapes.map(({ rows }) => new Uint32Array(rows));
    const next = new Uint32Array(shapes.length);
    const [indexes, ordinals] = [new Uint32Array(order.length), new Uint32Array(order.length)];
    for (let i = 0; i < order.length; i++) {
      const row = order[i] ?? 0;
      const shape = this.indexes.values[row] ?? 0;
      const ordinal = next[shape] ?? 0;
      const chosen = within[shape];
      if (chosen !== undefined) chosen[ordinal] = this.ordinals.values[row] ?? 0;
      next[shape] = ordinal + 1;
      indexes[i] = shape;
      ordinals[i] = ordinal;
    }
    const rows = shapes.map(
      ({ shape, leaves }, i) =>
        new ShapeRows(
          shape,
          leaves.map((leaf) => leaf.merged(within[i] ?? noWords)),
        ),
    );
    return new DataColumns(rows, indexes, ordinals);
  }
}

const noWords = new Uint32Array(0);

function bump(shape: MergedShape | undefined): void {
  if (shape !== undefined) shape.rows++;
}
