import type { EventData, ExactJson } from "../event.ts";
import type { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { intern } from "./intern.ts";
import { type Leaf, type LeafKind, leafKinds } from "./leaf.ts";
import { hard } from "./limits.ts";
import { readLiteralLeaf } from "./literal-leaf.ts";
import { readNumberColumn } from "./number-column.ts";
import { Piece } from "./piece.ts";
import { leavesOf, type ObjectShape, readShape, type Shape, signatureOf } from "./shape.ts";
import { readTextLeaf } from "./text-leaf.ts";
import { readTexts, type TextBudget } from "./text-table.ts";
import { readIndexes } from "./uint-column.ts";

/** The rows of one shape: a column for each leaf. */
export class ShapeRows {
  readonly shape: ObjectShape;
  readonly leaves: readonly Leaf[];
  private known: string | undefined;
  private fragments: readonly Piece[] | undefined;

  constructor(shape: ObjectShape, leaves: readonly Leaf[]) {
    this.shape = shape;
    this.leaves = leaves;
  }

  /** Equal for equal shapes of any bundle. */
  get signature(): string {
    this.known ??= intern(signatureOf(this.shape));
    return this.known;
  }

  /** Writes a row as canonical JSON: what lies between the leaves is spelled once for all rows. */
  writeJson(at: number, writer: ByteWriter): void {
    this.fragments ??= spell(this.shape);
    for (let i = 0; i < this.fragments.length; i++) {
      const fragment = this.fragments[i];
      if (fragment !== undefined) writer.piece(fragment);
      this.leaves[i]?.writeJson(at, writer);
    }
  }

  /** A row as an object. */
  value(at: number): EventData {
    let next = 0;
    const build = (shape: Shape): ExactJson => {
      if (typeof shape === "number") return this.leaves[next++]?.value(at) ?? null;
      if ("items" in shape) return shape.items.map(build);
      return object(shape);
    };
    const object = ({ keys, members }: ObjectShape): EventData =>
      Object.fromEntries(members.map((member, i) => [keys[i] ?? "", build(member)]));
    return object(this.shape);
  }
}

/** The JSON text between the leaves of a shape: one piece more than there are leaves. */
function spell(shape: Shape): readonly Piece[] {
  const pieces: Piece[] = [];
  const writer = new ByteWriter(256);
  const visit = (node: Shape): void => {
    if (typeof node === "number") {
      pieces.push(new Piece(writer.view()));
      writer.reset();
      return;
    }
    const isList = "items" in node;
    writer.text(isList ? "[" : "{");
    (isList ? node.items : node.members).forEach((member, i) => {
      if (i > 0) writer.text(",");
      if (!isList) writer.text(`${JSON.stringify(node.keys[i])}:`);
      visit(member);
    });
    writer.text(isList ? "]" : "}");
  };
  visit(shape);
  return [...pieces, new Piece(writer.view())];
}

/** The data of all rows of a bundle as it was read. */
export class DataColumns {
  readonly shapes: readonly ShapeRows[];
  /** The most leaves that a row has. */
  readonly widest: number;
  /** The shape of all rows where there is but one: its rows are the bundle's. */
  private readonly sole: ShapeRows | undefined;
  private readonly indexes: Uint32Array;
  private readonly ordinals: Uint32Array;

  constructor(shapes: readonly ShapeRows[], indexes: Uint32Array, ordinals: Uint32Array) {
    this.shapes = shapes;
    this.indexes = indexes;
    this.ordinals = ordinals;
    this.sole = shapes.length === 1 ? shapes[0] : undefined;
    this.widest = shapes.reduce((most, { leaves }) => Math.max(most, leaves.length), 0);
  }

  /** Which of `shapes` a row has. */
  index(row: number): number {
    return this.sole === undefined ? (this.indexes[row] ?? 0) : 0;
  }

  /** Where a row stands among the rows of its shape. */
  ordinal(row: number): number {
    return this.sole === undefined ? (this.ordinals[row] ?? 0) : row;
  }

  /** The shape of a row. */
  shapeAt(row: number): ShapeRows {
    return this.sole ?? this.shapes[this.indexes[row] ?? 0] ?? noShape;
  }
}

const noShape = new ShapeRows({ keys: [], members: [] }, []);

/** Reads the data of `count` rows. */
export function readData(reader: ByteReader, count: number, budget: TextBudget): DataColumns {
  const keys = readTexts(reader, hard.nodes, budget).all();
  const shapeCount = reader.count(count);
  const nodes = { left: hard.nodes };
  const shapes: ObjectShape[] = [];
  for (let i = 0; i < shapeCount && !reader.failed; i++) shapes.push(readShape(reader, keys, nodes));
  const shapeIndex = readIndexes(reader, count, shapeCount);
  const rows = new Uint32Array(shapeCount);
  const ordinals = new Uint32Array(shapeIndex.length);
  for (let row = 0; row < shapeIndex.length; row++) {
    const shape = shapeIndex[row] ?? 0;
    const ordinal = rows[shape] ?? 0;
    ordinals[row] = ordinal;
    rows[shape] = ordinal + 1;
  }
  return new DataColumns(readLeaves(reader, shapes, rows, budget), shapeIndex, ordinals);
}

function readLeaves(
  reader: ByteReader,
  shapes: readonly ObjectShape[],
  rows: Uint32Array,
  budget: TextBudget,
): readonly ShapeRows[] {
  let cells = 0;
  return shapes.map((shape, i) => {
    const kinds = leavesOf(shape);
    const count = rows[i] ?? 0;
    cells += count * kinds.length;
    if (count === 0 || cells > hard.cells) reader.fail();
    const leaves: Leaf[] = [];
    for (const kind of kinds) if (!reader.failed) leaves.push(readLeaf(reader, kind, count, budget));
    return new ShapeRows(shape, leaves);
  });
}

function readLeaf(reader: ByteReader, kind: LeafKind, count: number, budget: TextBudget): Leaf {
  if (kind === leafKinds.text) return readTextLeaf(reader, count, budget);
  return kind === leafKinds.number ? readNumberColumn(reader, count, budget) : readLiteralLeaf(reader, count);
}
