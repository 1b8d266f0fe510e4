import {
  type Cell,
  type Meter,
  MeterReaders,
  type MeterSet,
  MeterState,
  metersOf,
  tallyRows,
} from "@farthing/metering";
import type { Decimal } from "@farthing/money";
import type { TracedRow } from "./traced-row.ts";

/** What one event added to one meter; `quantity` is null where the aggregation has no value of it alone. */
export interface MeteredCell {
  readonly meter: Meter;
  readonly cell: Cell;
  readonly quantity: Decimal | null;
}

const always = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Tells what single events add to meters; what it prepares for a bundle serves all of its rows. */
export class RowMeters {
  readonly #readers = new Map<number, MeterReaders>();

  /** The cells that an event adds to, under a meter set. */
  cellsOf({ bundle, row }: TracedRow, meters: MeterSet): readonly MeteredCell[] {
    const known = this.#readers.get(meters.revision) ?? new MeterReaders(meters);
    this.#readers.set(meters.revision, known);
    const alone = { from: bundle, row: Uint32Array.of(row) };
    const { cells } = tallyRows(alone, meters, { range: always, known });
    return cells.flatMap((cell) => {
      const meter = metersOf(meters).find(({ key }) => key === cell.meter);
      return meter === undefined ? [] : [{ meter, cell, quantity: quantityOf(meter, cell, bundle.times[row] ?? 0) }];
    });
  }
}

/** What the meter shows of one event in the second from its time on: a level, too, is weighted by all of that second. */
function quantityOf(meter: Meter, cell: Cell, time: number): Decimal | null {
  const state = new MeterState(meter);
  state.addCell(cell);
  const second = { from: time, to: time + 1_000 };
  return state.value({ ...second, whole: second, timezone: "UTC" });
}
