import type { Meter } from "./meter.ts";
import { MeterState } from "./meter-state.ts";
import type { Cell, GroupValues, Tally } from "./tally.ts";

/** Which groups of a meter to take: a value for each group path that has to match. */
export type GroupMatch = Readonly<Record<string, string>>;

/** A meter's state over the cells of tallies whose groups match. */
export function stateOf(tallies: readonly Tally[], meter: Meter, match: GroupMatch = {}): MeterState {
  const state = new MeterState(meter);
  const takes = matching(meter, match);
  for (const { cells } of tallies) for (const cell of cells) if (takes(cell)) state.addCell(cell);
  return state;
}

/** Whether a cell is of this meter and of the groups asked for. */
export function takes(meter: Meter, cell: Cell, match: GroupMatch): boolean {
  return matching(meter, match)(cell);
}

/** The same, asked of many cells. */
function matching(meter: Meter, match: GroupMatch): (cell: Cell) => boolean {
  const asked = Object.entries(match);
  if (asked.length === 0) return (cell) => cell.meter === meter.key;
  return (cell) =>
    cell.meter === meter.key && asked.every(([path, value]) => groupValue(meter, cell.group, path) === value);
}

/** The value of one group path in a cell's groups. */
export function groupValue(meter: Meter, group: GroupValues, path: string): string | null {
  return group[meter.groupBy.indexOf(path)] ?? null;
}
