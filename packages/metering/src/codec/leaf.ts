import type { ExactJson } from "../event.ts";
import type { Quantity } from "./bundle.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { LiteralLeaf } from "./literal-leaf.ts";
import type { NumberLeaf } from "./number-leaf.ts";
import type { TextLeaf } from "./text-leaf.ts";

/** One leaf of a shape over the rows of that shape, while they are collected. */
export interface LeafBuilder {
  /** Appends a row; returns how much text the bundle grew by, in UTF-16 units. */
  add(value: ExactJson): number;
  write(writer: ByteWriter): void;
}

/** What every leaf of a shape answers; `at` counts the rows of that shape. */
export interface LeafRows {
  quantity(at: number): Quantity;
  text(at: number): string | undefined;
  value(at: number): ExactJson;
  /** Writes the value as canonical JSON. Source: docs/bundle-format.md, "Canonical event". */
  writeJson(at: number, writer: ByteWriter): void;
}

/** One leaf of a shape as it was read. */
export type Leaf = TextLeaf | NumberLeaf | LiteralLeaf;

/** What a leaf holds; the numbers are the ones of the format. */
export const leafKinds = { text: 0, number: 1, literal: 2 } as const;

/** The kind of a leaf's values. */
export type LeafKind = (typeof leafKinds)[keyof typeof leafKinds];
