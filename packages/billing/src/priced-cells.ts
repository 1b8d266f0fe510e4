import {
  type Cell,
  chargeMeter,
  type GroupValues,
  type Meter,
  type MeterSet,
  MeterState,
  metersOf,
  stateOf,
  type Tally,
  takes,
} from "@farthing/metering";
import { type Decimal, minus, type Picos, zero } from "@farthing/money";
import { isMetered, partsOf, type QuantityPrice, rate, type UsagePart } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";

/** Whether a meter's cell is charged for in one of some windows: a direct charge, or usage that a price of a plan takes. */
export function isPriced(cell: Cell, windows: readonly Pick<ChargeWindow, "plan">[], meters: MeterSet): boolean {
  if (cell.meter === chargeMeter.key) return true;
  const meter = metersOf(meters).find(({ key }) => key === cell.meter);
  if (meter === undefined) return false;
  const values = groupsOf(meter, cell.group);
  return windows.some(({ plan }) =>
    plan.prices.some(
      (price) => isMetered(price) && price.meter === cell.meter && partsOf(price).some(({ takes }) => takes(values)),
    ),
  );
}

/** A meter's state over the usage that falls into a part of a price. */
export function stateOfPart(part: UsagePart, meter: Meter, tallies: readonly Tally[]): MeterState {
  if (part.isWhole) return stateOf(tallies, meter, part.group);
  const state = new MeterState(meter);
  const isTaken = askedOnce((cell) => takes(meter, cell, {}) && part.takes(groupsOf(meter, cell.group)));
  for (const { cells } of tallies) for (const cell of cells) if (isTaken(cell)) state.addCell(cell);
  return state;
}

/** Whether any of the usage falls into a part of a price, whatever it comes to. */
export function hasUsage(part: UsagePart, meter: Meter, tallies: readonly Tally[]): boolean {
  return tallies.some(({ cells }) =>
    cells.some((cell) => takes(meter, cell, {}) && part.takes(groupsOf(meter, cell.group))),
  );
}

/** The same answer for cells of one meter and group, which come again in every hour, worked out once. */
export function askedOnce(ask: (cell: Cell) => boolean): (cell: Cell) => boolean {
  const known = new Map<string, boolean>();
  return (cell) => {
    const name = cell.group.length === 0 ? cell.meter : JSON.stringify([cell.meter, cell.group]);
    const found = known.get(name);
    if (found !== undefined) return found;
    const answer = ask(cell);
    known.set(name, answer);
    return answer;
  };
}

/** What usage adds to the charge for none. Units: metered units in, picos out. */
export function usageOf(price: QuantityPrice, quantity: Decimal): Picos {
  return minus(rate(price, quantity), rate(price, zero));
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
