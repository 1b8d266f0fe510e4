import type { Decimal } from "@farthing/money";
import { aggregationOf } from "./aggregations/index.ts";
import type { Meter } from "./meter.ts";
import type { Cell, GroupValues, Tally } from "./tally.ts";

/** Which groups of a meter to take: a value for each group path that has to match. */
export type GroupMatch = Readonly<Record<string, string>>;

/** A meter's value over the cells of tallies whose groups match; `null` where the aggregation has none. */
export function quantityOf(tallies: readonly Tally[], meter: Meter, match: GroupMatch = {}): Decimal | null {
  return valueOfCells(
    tallies.flatMap(({ cells }) => cells.filter((cell) => takes(meter, cell, match))),
    meter,
  );
}

/** A meter's value over cells of its own. */
export function valueOfCells(cells: readonly Cell[], meter: Meter): Decimal | null {
  const aggregation = aggregationOf(meter.aggregation);
  const state = cells.reduce((sum, cell) => aggregation.merge(sum, aggregation.decode(cell.state)), aggregation.empty);
  return aggregation.value(state);
}

/** Whether a cell is of this meter and of the groups asked for. */
export function takes(meter: Meter, cell: Cell, match: GroupMatch): boolean {
  if (cell.meter !== meter.key) return false;
  return Object.entries(match).every(([path, value]) => groupValue(meter, cell.group, path) === value);
}

/** The value of one group path in a cell's groups. */
export function groupValue(meter: Meter, group: GroupValues, path: string): string | null {
  return group[meter.groupBy.indexOf(path)] ?? null;
}
