import type { EventData } from "../event.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { type LeafBuilder, leafKinds } from "./leaf.ts";
import { LiteralLeafBuilder } from "./literal-leaf.ts";
import { NumberColumnBuilder } from "./number-column.ts";
import { leavesOf, nodesOf, type ObjectShape, type Shape, shapeOf, signatureOf, writeShape } from "./shape.ts";
import { ShapeFinder } from "./shape-finder.ts";
import { TextLeafBuilder } from "./text-leaf.ts";
import { writeNumbers } from "./uint-column.ts";
import { writeTexts } from "./write-texts.ts";

interface ShapeColumns {
  readonly index: number;
  readonly shape: ObjectShape;
  readonly leaves: readonly LeafBuilder[];
}

interface Form {
  readonly columns: ShapeColumns;
  readonly order: readonly number[];
}

const builders = [
  () => new TextLeafBuilder(),
  () => new NumberColumnBuilder(),
  () => new LiteralLeafBuilder(),
] as const;

/** Collects the data of rows: one column for each leaf of each shape. */
export class DataBuilder {
  cells = 0;
  nodes = 0;
  /** How much text the keys of all shapes are, in UTF-16 units. */
  keyText = 0;
  private readonly shapes = new Map<string, ShapeColumns>();
  private readonly rows: number[] = [];
  private readonly finder = new ShapeFinder<Form>();
  private readonly form = (data: EventData): Form => {
    const { shape, order } = shapeOf(data);
    return { columns: this.columnsOf(signatureOf(shape), shape), order };
  };

  /** Appends a row; returns how much text the bundle grew by, in UTF-16 units. */
  add(data: EventData): number {
    const { columns, order } = this.finder.find(data, this.form);
    const { leaves } = columns;
    let text = 0;
    for (let i = 0; i < leaves.length; i++) {
      text += leaves[i]?.add(this.finder.leaves[order[i] ?? 0] ?? null) ?? 0;
    }
    this.count(columns);
    return text;
  }

  private count(columns: ShapeColumns): void {
    this.rows.push(columns.index);
    this.cells += columns.leaves.length;
  }

  private columnsOf(signature: string, shape: ObjectShape): ShapeColumns {
    const known = this.shapes.get(signature);
    if (known !== undefined) return known;
    const leaves = leavesOf(shape).map((kind) => builders[kind]());
    const columns = { index: this.shapes.size, shape, leaves };
    this.shapes.set(signature, columns);
    this.nodes += nodesOf(shape);
    this.keyText += signature.length;
    return columns;
  }

  /** Writes keys, shapes, the shape of each row, and the leaves of one shape after the other. */
  write(writer: ByteWriter): void {
    const shapes = [...this.shapes.values()];
    writeDataHead(
      writer,
      shapes.map(({ shape }) => shape),
    );
    writeNumbers(writer, this.rows);
    for (const { leaves } of shapes) for (const leaf of leaves) leaf.write(writer);
  }
}

/** Writes the keys and the tree of some shapes. */
export function writeDataHead(writer: ByteWriter, shapes: readonly ObjectShape[]): void {
  const keys = new Map<string, number>();
  for (const shape of shapes) collectKeys(shape, keys);
  writeTexts(writer, [...keys.keys()]);
  writer.varint(shapes.length);
  for (const shape of shapes) writeShape(writer, shape, (key) => keys.get(key) ?? 0);
}

function collectKeys(shape: Shape, keys: Map<string, number>): void {
  if (shape === leafKinds.text || shape === leafKinds.number || shape === leafKinds.literal) return;
  if ("keys" in shape) for (const key of shape.keys) if (!keys.has(key)) keys.set(key, keys.size);
  for (const member of "items" in shape ? shape.items : shape.members) collectKeys(member, keys);
}
