import type { Aggregation } from "./aggregations/aggregation.ts";
import { aggregationOf } from "./aggregations/index.ts";
import type { Bundle } from "./codec/bundle.ts";
import { type Meter, type MeterSet, metersOf } from "./meter.ts";
import { cellKey, MeterRows } from "./meter-rows.ts";
import type { Cell, Cohort, GroupValues, Tally } from "./tally.ts";

interface WorkingCell {
  readonly meter: string;
  readonly group: GroupValues;
  readonly aggregation: Aggregation<unknown>;
  state: unknown;
}

/** Reads the rows of one bundle for a set of meters: columns are looked up once, not once a row. */
export class MeterReader {
  readonly #typeIndex: Uint32Array;
  readonly #byType: readonly (readonly MeterRows[])[];

  constructor(bundle: Bundle, meters: readonly Meter[]) {
    this.#typeIndex = bundle.typeIndex;
    this.#byType = bundle.types.map((type) =>
      meters.filter((meter) => meter.eventType === type).map((meter) => new MeterRows(bundle, meter)),
    );
  }

  /** The meters that take the type of a row. */
  metersOfRow(row: number): readonly MeterRows[] {
    return this.#byType[this.#typeIndex[row] ?? 0] ?? [];
  }
}

/** Readers of bundles for one set of meters, each made once however many customers have rows in its bundle. */
export class MeterReaders {
  readonly #meters: readonly Meter[];
  readonly #readers = new WeakMap<Bundle, MeterReader>();

  constructor(set: MeterSet) {
    this.#meters = metersOf(set);
  }

  /** The reader of a bundle. */
  of(bundle: Bundle): MeterReader {
    const known = this.#readers.get(bundle);
    if (known !== undefined) return known;
    const made = new MeterReader(bundle, this.#meters);
    this.#readers.set(bundle, made);
    return made;
  }
}

/** Builds a tally from rows, other tallies, or both. */
export class TallyBuilder {
  readonly #meters: ReadonlyMap<string, Meter>;
  readonly #cells = new Map<string, WorkingCell>();
  readonly #cohorts = new Map<string, { readonly cells: readonly string[]; events: number }>();

  constructor(set: MeterSet) {
    this.#meters = new Map(metersOf(set).map((meter) => [meter.key, meter]));
  }

  /** Adds one event. */
  addRow(reader: MeterReader, row: number): void {
    const keys: string[] = [];
    for (const rows of reader.metersOfRow(row)) {
      const sample = rows.sampleAt(row);
      if (sample === undefined) continue;
      const cell = this.#cellOfRow(rows, row, keys);
      cell.state = cell.aggregation.add(cell.state, sample);
    }
    this.#countCohort(keys, 1);
  }

  /** Adds all that another tally holds; cells of meters that the set lacks are dropped from their cohorts. */
  merge(tally: Tally): void {
    const keys = tally.cells.map((cell) => this.#mergeCell(cell));
    for (const cohort of tally.cohorts) {
      const known = cohort.cells.map((index) => keys[index]).filter((key) => key !== undefined);
      this.#countCohort(known, cohort.events);
    }
  }

  /** The tally, its cells and cohorts in one order whatever order they came in. */
  build(): Tally {
    const keys = [...this.#cells.keys()].sort();
    const index = new Map(keys.map((key, position) => [key, position]));
    const cells = keys.map((key) => toCell(this.#cells.get(key)));
    const cohorts: Cohort[] = [...this.#cohorts.values()].map(({ cells: members, events }) => ({
      cells: members.map((key) => index.get(key) ?? 0).sort((a, b) => a - b),
      events,
    }));
    return { cells, cohorts: cohorts.sort((a, b) => (a.cells.join() < b.cells.join() ? -1 : 1)) };
  }

  #mergeCell(cell: Cell): string | undefined {
    const meter = this.#meters.get(cell.meter);
    if (meter === undefined) return undefined;
    if (cell.state === null) throw new Error(`a state of meter ${cell.meter} was not kept`);
    const aggregation = aggregationOf(meter.aggregation);
    const key = cellKey(cell.meter, cell.group);
    const working = this.#cell(key, cell.meter, cell.group, aggregation);
    working.state = aggregation.merge(working.state, aggregation.decode(cell.state));
    return key;
  }

  #cellOfRow(rows: MeterRows, row: number, keys: string[]): WorkingCell {
    const { meter, aggregation } = rows;
    const key = rows.keyAt(row);
    keys.push(key);
    return this.#cells.get(key) ?? this.#cell(key, meter.key, rows.groupAt(row), aggregation);
  }

  #cell(key: string, meter: string, group: GroupValues, aggregation: Aggregation<unknown>): WorkingCell {
    const found = this.#cells.get(key);
    if (found !== undefined) return found;
    const made: WorkingCell = { meter, group, aggregation, state: aggregation.empty() };
    this.#cells.set(key, made);
    return made;
  }

  #countCohort(keys: string[], events: number): void {
    const name = keys.length === 1 ? (keys[0] ?? "") : keys.sort().join("\u0002");
    const found = this.#cohorts.get(name);
    if (found === undefined) this.#cohorts.set(name, { cells: keys, events });
    else found.events += events;
  }
}

function toCell(cell: WorkingCell | undefined): Cell {
  if (cell === undefined) throw new Error("a cohort names a cell that is not there");
  return { meter: cell.meter, group: cell.group, state: cell.aggregation.encode(cell.state) };
}
