import { type Group, groupCovers } from "./group.ts";
import { cellFor, cellsOf, type MatrixPrice } from "./matrix.ts";
import type { Keyed } from "./model.ts";
import type { PercentagePrice } from "./percentage.ts";
import type { MeteredPrice } from "./price.ts";
import type { QuantityPrice } from "./rate.ts";

/** The group values of usage, by the names that its meter groups by. */
export type UsageValues = Readonly<Record<string, string | null | undefined>>;

/** What of a metered price an invoice has a line for: all of it, or one cell of a matrix. */
export interface UsagePart {
  /** Unique in the plan; no price's own key has a `#`. */
  readonly key: string;
  readonly meter: string;
  readonly price: QuantityPrice | PercentagePrice;
  /** The group values that it is for, as an invoice shows them. */
  readonly group?: Group;
  /** It takes all usage of its group. */
  readonly isWhole: boolean;
  /** Whether usage of these group values falls into it. */
  takes(values: UsageValues): boolean;
}

const known = new WeakMap<MeteredPrice, readonly UsagePart[]>();

/** The parts of a price on usage: each event that the price takes falls into one of them. */
export function partsOf(price: MeteredPrice): readonly UsagePart[] {
  const parts = known.get(price) ?? madeParts(price);
  known.set(price, parts);
  return parts;
}

function madeParts(price: MeteredPrice): readonly UsagePart[] {
  if (price.model === "matrix") return matrixParts(price);
  const { key, meter, group } = price;
  const shown = group === undefined ? {} : { group };
  return [{ key, meter, price, ...shown, isWhole: true, takes: (values) => groupCovers(group, values) }];
}

function matrixParts(matrix: Keyed<MatrixPrice>): readonly UsagePart[] {
  const cells = cellsOf(matrix);
  return cells.map((cell) => {
    const group = { ...matrix.group, ...cell.match };
    return {
      key: `${matrix.key}#${cell.name}`,
      meter: matrix.meter,
      price: cell.price,
      ...(Object.keys(group).length === 0 ? {} : { group }),
      isWhole: false,
      takes: (values) => groupCovers(matrix.group, values) && cellFor(cells, values) === cell,
    };
  });
}
