import { type Meter, MeterRows, type Page } from "@farthing/metering";
import { type Decimal, decimalOf, one } from "@farthing/money";
import type { UsageValues } from "@farthing/pricing";

type Row = { readonly page: Page; readonly pageRow: number };
type Sample = NonNullable<ReturnType<MeterRows["sampleAt"]>>;

/** How many groups are kept with whether they are taken. */
const keptGroups = 4096;

/** Reads rows as one meter sees them, where their group values are taken; what it prepares for a page serves all its rows. */
export class RowReader {
  readonly #meter: Meter;
  readonly #takes: (values: UsageValues) => boolean;
  readonly #rows = new WeakMap<Page, MeterRows>();
  readonly #taken = new Map<string, boolean>();

  constructor(meter: Meter, takes: (values: UsageValues) => boolean) {
    this.#meter = meter;
    this.#takes = takes;
  }

  /** What an event adds, good until the next call; undefined where it counts for nothing. */
  sampleOf({ page, pageRow }: Row): Sample | undefined {
    const rows = this.#rowsOf(page);
    return rows.takesType(pageRow) && this.#isTaken(rows, pageRow) ? rows.sampleAt(pageRow) : undefined;
  }

  /** What one event counts for; undefined where it counts for nothing. */
  quantityOf(row: Row): Decimal | undefined {
    const sample = this.sampleOf(row);
    return sample && this.quantityIn(sample);
  }

  /** What a sample counts for. */
  quantityIn({ quantity }: Sample): Decimal {
    if (this.#meter.aggregation === "count") return one;
    return typeof quantity === "number" ? decimalOf(quantity) : quantity;
  }

  #rowsOf(page: Page): MeterRows {
    const rows = this.#rows.get(page) ?? new MeterRows(page, this.#meter);
    this.#rows.set(page, rows);
    return rows;
  }

  /** The same few groups come again and again, and telling them apart by their text costs less than asking the price. */
  #isTaken(rows: MeterRows, pageRow: number): boolean {
    const key = rows.keyAt(pageRow);
    const known = this.#taken.get(key);
    if (known !== undefined) return known;
    const isTaken = this.#takes(rows.groupsAt(pageRow));
    if (this.#taken.size >= keptGroups) this.#taken.clear();
    this.#taken.set(key, isTaken);
    return isTaken;
  }
}
