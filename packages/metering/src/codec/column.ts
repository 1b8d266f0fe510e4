import type { Column, Quantity } from "./bundle.ts";
import type { DataColumns } from "./data-columns.ts";
import type { Leaf } from "./leaf.ts";
import { leavesOf, type Shape } from "./shape.ts";

/** What a path leads to in one shape: a leaf by its number, an object or list, or nothing. */
type Place = number | "container" | "missing";

/** A path over the rows of a bundle: where it leads is found out once for each shape. */
export function columnOf(data: DataColumns, path: readonly string[]): Column {
  const places = data.shapes.map(({ shape }) => placeOf(shape, path, 0));
  const leaves: (Leaf | undefined)[] = data.shapes.map((shape, i) => {
    const place = places[i];
    return typeof place === "number" ? shape.leaves[place] : undefined;
  });
  return {
    quantityAt(row: number): Quantity {
      const leaf = leaves[data.index(row)];
      if (leaf !== undefined) return leaf.quantity(data.ordinal(row));
      return places[data.index(row)] === "container" ? "not_numeric" : "missing";
    },
    textAt: (row: number) => leaves[data.index(row)]?.text(data.ordinal(row)),
  };
}

function placeOf(shape: Shape, path: readonly string[], depth: number): Place {
  const key = path[depth];
  if (typeof shape === "number") return key === undefined ? 0 : "missing";
  if (key === undefined) return "container";
  if ("items" in shape) return "missing";
  const index = shape.keys.indexOf(key);
  const member = shape.members[index];
  if (member === undefined) return "missing";
  const place = placeOf(member, path, depth + 1);
  return typeof place === "number" ? place + leavesOf({ items: shape.members.slice(0, index) }).length : place;
}
