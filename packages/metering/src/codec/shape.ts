import type { EventData, ExactJson } from "../event.ts";
import { ExactNumber } from "../exact-number.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { type LeafKind, leafKinds } from "./leaf.ts";
import { hard } from "./limits.ts";

/** An object of a shape; its keys in the order of RFC 8785. */
export interface ObjectShape {
  readonly keys: readonly string[];
  readonly members: readonly Shape[];
}

/** A list of a shape. */
export interface ListShape {
  readonly items: readonly Shape[];
}

/** What `data` looks like without its values: keys, nesting and the kinds of its leaves. */
export type Shape = LeafKind | ObjectShape | ListShape;

const objectNode = 3;
const listNode = 4;

/** The kind of a value that is no object and no list. */
export function leafKindOf(value: ExactJson): LeafKind | undefined {
  if (typeof value === "string") return leafKinds.text;
  if (typeof value === "number" || value instanceof ExactNumber) return leafKinds.number;
  return value === null || typeof value === "boolean" ? leafKinds.literal : undefined;
}

/** The shape of some data, and where each of its leaves stood when its members were visited in their own order. */
export function shapeOf(data: EventData): { readonly shape: ObjectShape; readonly order: readonly number[] } {
  let visited = 0;
  const visit = (value: ExactJson): { shape: Shape; order: readonly number[] } => {
    const kind = leafKindOf(value);
    if (kind !== undefined) return { shape: kind, order: [visited++] };
    if (Array.isArray(value)) {
      const items = value.map(visit);
      return { shape: { items: items.map((item) => item.shape) }, order: items.flatMap((item) => item.order) };
    }
    return visitObject(value as EventData);
  };
  const visitObject = (object: EventData) => {
    const members = Object.keys(object).map((key) => ({ key, ...visit(object[key] ?? null) }));
    members.sort((a, b) => (a.key < b.key ? -1 : 1));
    return {
      shape: { keys: members.map((member) => member.key), members: members.map((member) => member.shape) },
      order: members.flatMap((member) => member.order),
    };
  };
  return visitObject(data);
}

/** A text that two shapes share exactly where they are equal. */
export function signatureOf(shape: Shape): string {
  if (typeof shape === "number") return String(shape);
  if ("items" in shape) return `[${shape.items.map(signatureOf).join()}]`;
  return `{${shape.keys.map((key, i) => JSON.stringify(key) + signatureOf(shape.members[i] ?? 0)).join()}}`;
}

/** The kinds of a shape's leaves in their order. */
export function leavesOf(shape: Shape): readonly LeafKind[] {
  if (typeof shape === "number") return [shape];
  return ("items" in shape ? shape.items : shape.members).flatMap(leavesOf);
}

/** How many nodes a shape has. */
export function nodesOf(shape: Shape): number {
  if (typeof shape === "number") return 1;
  return ("items" in shape ? shape.items : shape.members).reduce<number>((sum, member) => sum + nodesOf(member), 1);
}

/** Writes a shape, its keys as indexes. */
export function writeShape(writer: ByteWriter, shape: Shape, keyIndex: (key: string) => number): void {
  if (typeof shape === "number") {
    writer.byte(shape);
    return;
  }
  const members = "items" in shape ? shape.items : shape.members;
  writer.byte("items" in shape ? listNode : objectNode);
  writer.varint(members.length);
  if ("keys" in shape) for (const key of shape.keys) writer.varint(keyIndex(key));
  for (const member of members) writeShape(writer, member, keyIndex);
}

/** What shapes may still take of a bundle's nodes. */
export interface NodeBudget {
  left: number;
}

/** Reads a shape whose root is an object; keys must be in order, so that equal shapes have one form. */
export function readShape(reader: ByteReader, keys: readonly string[], budget: NodeBudget): ObjectShape {
  const read = (depth: number): Shape => {
    const kind = reader.byte();
    if (--budget.left < 0 || depth > hard.depth || kind > listNode) return reader.fail() as LeafKind;
    if (kind < objectNode) return kind as LeafKind;
    const count = reader.count(budget.left);
    const names = kind === objectNode ? readKeys(reader, count, keys) : [];
    const members: Shape[] = [];
    for (let i = 0; i < count && !reader.failed; i++) members.push(read(depth + 1));
    return kind === objectNode ? { keys: names, members } : { items: members };
  };
  const shape = read(1);
  if (typeof shape === "object" && "keys" in shape) return shape;
  reader.fail();
  return { keys: [], members: [] };
}

function readKeys(reader: ByteReader, count: number, keys: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (let i = 0; i < count && !reader.failed; i++) {
    const name = keys[reader.varint()] ?? "__proto__";
    const before = names[i - 1];
    if (name === "__proto__" || (before !== undefined && before >= name)) reader.fail();
    names.push(name);
  }
  return names;
}
