import type { Decimal } from "@farthing/money";
import type { Aggregation, Sample } from "./aggregations/aggregation.ts";
import { aggregationOf } from "./aggregations/index.ts";
import type { Bundle, Column } from "./codec/bundle.ts";
import { filterTree } from "./filter.ts";
import { filterRows, type RowTest } from "./filter-rows.ts";
import { type Meter, pathSteps } from "./meter.ts";
import type { GroupValues } from "./tally.ts";

const noGroup: GroupValues = [];
const removal = "remove";
/** How many keys are kept. */
const keptKeys = 1024;

/** The rows of one bundle as one meter sees them: columns are looked up once, not once a row. */
export class MeterRows {
  readonly meter: Meter;
  readonly aggregation: Aggregation<unknown>;
  readonly #bundle: Bundle;
  readonly #sample: RowSample;
  readonly #value: Column | undefined;
  readonly #operation: Column | undefined;
  readonly #groups: readonly Column[];
  readonly #takes: RowTest | undefined;
  /** Keys by the value of the only group: putting a text together for each event costs more than the rest of it. */
  readonly #keys = new Map<string | null, string>();

  constructor(bundle: Bundle, meter: Meter) {
    const columnAt = (path: string) => bundle.column(pathSteps(path));
    this.meter = meter;
    this.#bundle = bundle;
    this.aggregation = aggregationOf(meter.aggregation);
    this.#sample = new RowSample(bundle);
    this.#value = this.aggregation.needs === "nothing" ? undefined : columnAt(meter.value ?? "");
    this.#operation = meter.operation === undefined ? undefined : columnAt(meter.operation);
    this.#groups = meter.groupBy.map(columnAt);
    this.#takes = meter.filter && filterRows(filterTree(meter.filter), (path) => bundle.column(path));
  }

  /** What an event of the meter's type adds, good until the next call; undefined where filter or value leave it out. */
  sampleAt(row: number): Sample | undefined {
    if (this.#takes !== undefined && !this.#takes(row)) return undefined;
    const sample = this.#sample;
    sample.row = row;
    if (this.#value === undefined) return sample;
    if (this.aggregation.needs === "text") {
      const text = this.#value.textAt(row);
      if (text === undefined) return undefined;
      sample.text = text;
      sample.removes = this.#operation?.textAt(row) === removal;
      return sample;
    }
    const quantity = this.#value.quantityAt(row);
    if (typeof quantity === "string") return undefined;
    sample.quantity = quantity;
    return sample;
  }

  /** Whether a row is an event of the meter's type. */
  takesType(row: number): boolean {
    return this.#bundle.types[this.#bundle.typeIndex[row] ?? 0] === this.meter.eventType;
  }

  /** The groups of an event by their paths. */
  groupsAt(row: number): Readonly<Record<string, string | null>> {
    const values = this.groupAt(row);
    return Object.fromEntries(this.meter.groupBy.map((path, index) => [path, values[index] ?? null]));
  }

  /** A text that two events share exactly where their groups are equal, with the meter's key before it. */
  keyAt(row: number): string {
    const [group, another] = this.#groups;
    if (group === undefined) return this.meter.key;
    if (another !== undefined) return cellKey(this.meter.key, this.groupAt(row));
    const value = group.textAt(row) ?? null;
    const known = this.#keys.get(value);
    if (known !== undefined) return known;
    if (this.#keys.size >= keptKeys) this.#keys.clear();
    const key = cellKey(this.meter.key, [value]);
    this.#keys.set(value, key);
    return key;
  }

  /** The groups of an event, in the order of `groupBy`. */
  groupAt(row: number): GroupValues {
    return this.#groups.length === 0 ? noGroup : this.#groups.map((column) => column.textAt(row) ?? null);
  }
}

/** One row at a time: ids and times are looked up for the aggregations that ask for them. */
class RowSample implements Sample {
  quantity: number | Decimal = 0;
  text = "";
  removes = false;
  row = 0;
  readonly #bundle: Bundle;

  constructor(bundle: Bundle) {
    this.#bundle = bundle;
  }

  get time(): number {
    return this.#bundle.times[this.row] ?? 0;
  }

  get id(): string {
    return this.#bundle.id(this.row);
  }
}

/** Names a cell of a meter. Values come with their lengths, or two groups with control characters in them could share a key. */
export function cellKey(meter: string, group: GroupValues): string {
  if (group.length === 0) return meter;
  let key = meter;
  for (const value of group) key += value === null ? "\u0000" : `\u0001${value.length}:${value}`;
  return key;
}
