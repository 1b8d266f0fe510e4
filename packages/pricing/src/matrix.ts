import { type Decimal, zero } from "@farthing/money";
import * as v from "valibot";
import { PositiveText, PriceText } from "./decimal-text.ts";
import type { FieldIssue } from "./field-issue.ts";
import { Group, groupCovers } from "./group.ts";
import type { PerUnitPrice } from "./per-unit.ts";
import { usageFields } from "./usage-fields.ts";

/** A price a unit for each combination of group values; what no cell is for costs `otherwise`. */
export const MatrixPrice = v.strictObject({
  ...usageFields,
  model: v.literal("matrix"),
  dimensions: v.pipe(
    v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
    v.minLength(1),
    v.maxLength(10),
    v.check((names) => new Set(names).size === names.length, "Each dimension is named once."),
  ),
  cells: v.pipe(v.array(v.strictObject({ match: Group, unitPrice: PriceText })), v.minLength(1), v.maxLength(500)),
  otherwise: v.exactOptional(PriceText),
  per: v.exactOptional(PositiveText),
});

/** A price a unit for each combination of group values; what no cell is for costs `otherwise`. */
export type MatrixPrice = Readonly<v.InferOutput<typeof MatrixPrice>>;

/** Stands in a cell's match for any value. */
export const anyValue = "*";

/** A cell as a per-unit price, and which group values it is for; `match` is undefined for `otherwise`. */
export interface MatrixCell {
  readonly name: string;
  readonly match: Group | undefined;
  readonly price: PerUnitPrice;
}

/** The cells of a matrix as per-unit prices, in the plan's order, `otherwise` last: without one the rest is free. */
export function cellsOf(matrix: MatrixPrice): readonly MatrixCell[] {
  const cells = matrix.cells.map(({ match, unitPrice }, index) => ({
    name: `${index + 1}`,
    match: named(match),
    price: cellPrice(matrix, unitPrice),
  }));
  const rest = { name: "otherwise", match: undefined, price: cellPrice(matrix, matrix.otherwise ?? zero) };
  return matrix.otherwise === undefined ? cells : [...cells, rest];
}

/** The cell that usage of these group values falls into: of those that match, the one that names most; then the first. */
export function cellFor(
  cells: readonly MatrixCell[],
  values: Readonly<Record<string, string | null | undefined>>,
): MatrixCell | undefined {
  const matching = cells.filter(({ match }) => match !== undefined && groupCovers(match, values));
  const closest = Math.max(...matching.map(width));
  return matching.find((cell) => width(cell) === closest) ?? cells.find(({ match }) => match === undefined);
}

/** What does not hold together in a matrix, by paths within it. */
export function matrixIssues({ dimensions, cells }: MatrixPrice): readonly FieldIssue[] {
  const seen = new Set<string>();
  return cells.flatMap(({ match }, index) => {
    const strange = Object.keys(match).find((name) => !dimensions.includes(name));
    if (strange !== undefined)
      return [{ path: ["cells", index, "match", strange], message: "This is none of the matrix's dimensions." }];
    const text = JSON.stringify(Object.entries(named(match)).sort(([a], [b]) => (a < b ? -1 : 1)));
    const again = seen.has(text);
    seen.add(text);
    return again ? [{ path: ["cells", index, "match"], message: "Another cell has this match." }] : [];
  });
}

/** The minimum is the whole matrix's; the other terms hold for each cell. */
function cellPrice(matrix: MatrixPrice, unitPrice: Decimal): PerUnitPrice {
  const { key: _, dimensions: __, cells: ___, otherwise: ____, minimum: _____, ...terms } = matrix;
  return { ...terms, model: "per_unit", unitPrice };
}

/** A match without its wildcards. */
function named(match: Group): Group {
  return Object.fromEntries(Object.entries(match).filter(([, value]) => value !== anyValue));
}

function width({ match }: MatrixCell): number {
  return Object.keys(match ?? {}).length;
}
