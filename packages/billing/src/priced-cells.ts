import {
  type Cell,
  chargeMeter,
  type GroupValues,
  type Meter,
  type MeterSet,
  metersOf,
  type Tally,
} from "@farthing/metering";
import { groupCovers, isMetered } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";

/** Whether a meter's cell is charged for in a window: a direct charge, or usage that a price of the plan takes. */
export function isPriced(cell: Cell, window: Pick<ChargeWindow, "plan"> | undefined, meters: MeterSet): boolean {
  if (cell.meter === chargeMeter.key) return true;
  const meter = metersOf(meters).find(({ key }) => key === cell.meter);
  if (window === undefined || meter === undefined) return false;
  const values = groupsOf(meter, cell.group);
  return window.plan.prices.some(
    (price) => isMetered(price) && price.meter === cell.meter && groupCovers(price.group, values),
  );
}

/** How many events of a tally have a cell of which `takes` is true. */
export function eventsWith(tally: Tally, takes: (cell: Cell) => boolean): number {
  const taken = tally.cells.map(takes);
  return tally.cohorts.reduce(
    (sum, { cells, events }) => (cells.some((index) => taken[index]) ? sum + events : sum),
    0,
  );
}

function groupsOf(meter: Meter, group: GroupValues): Readonly<Record<string, string | null>> {
  return Object.fromEntries(meter.groupBy.map((path, index) => [path, group[index] ?? null]));
}
