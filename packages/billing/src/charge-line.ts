import { chargeMeter, type Meter, MeterRows, type MeterSet, metersOf, type Page } from "@farthing/metering";
import {
  add,
  type Decimal,
  decimalOf,
  minus,
  negate,
  one,
  type Picos,
  roundToPicos,
  subtract,
  zero,
} from "@farthing/money";
import { groupCovers, isMetered, type MeteredPrice, rate } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import type { SealedLine } from "./seal.ts";

/** What one event adds to a line: its own quantity, and what the line grew by when it was added. */
export interface LineGrowth {
  readonly quantity: Decimal;
  readonly amount: Picos;
}

/** When a line's subscription charged, by the subscriptions of the line's seal and of the seal before it. */
export interface LineWindows {
  readonly now: ChargeWindow | undefined;
  readonly before: ChargeWindow | undefined;
}

/** A line of an invoice that events are added to one by one, from what its key was charged before the seal. */
export class ChargeLine {
  readonly line: SealedLine;
  readonly #meter: Meter;
  readonly #price: MeteredPrice | undefined;
  readonly #windows: LineWindows;
  #quantity: Decimal;

  constructor(
    line: SealedLine,
    { meter, windows, quantity }: { meter: Meter; windows: LineWindows; quantity: Decimal | undefined },
  ) {
    this.line = line;
    this.#meter = meter;
    this.#windows = windows;
    const { plan } = windows.now ?? windows.before ?? {};
    this.#price = plan?.prices.filter(isMetered).find(({ key }) => key === line.key.price);
    this.#quantity = quantity ?? subtract(line.chargedQuantity ?? zero, line.quantity ?? zero);
  }

  /** How much the line has taken so far: what a next page begins with. */
  get quantity(): Decimal {
    return this.#quantity;
  }

  /** Whether an event's time is in the line's period, and its subscription charged for it at the seal. Units: milliseconds. */
  holds(time: number): boolean {
    return this.#isIn(this.#windows.now, time);
  }

  /** Whether its subscription charged for an event of that time at the seal before. Units: milliseconds. */
  heldBefore(time: number): boolean {
    return this.#isIn(this.#windows.before, time);
  }

  #isIn(window: ChargeWindow | undefined, time: number): boolean {
    const { periodFrom, periodTo, subscription } = this.line.key;
    if (time < periodFrom || time >= periodTo) return false;
    return subscription === null || (window !== undefined && time >= window.from && time < window.to);
  }

  /** Adds an event, or takes a voided one away; undefined where the line does not take it. */
  take(page: Page, row: number, how: "add" | "void"): LineGrowth | undefined {
    const quantity = this.#quantityOf(page, row);
    if (quantity === undefined) return undefined;
    const signed = how === "add" ? quantity : negate(quantity);
    const before = this.#amount(this.#quantity);
    this.#quantity = add(this.#quantity, signed);
    return { quantity: signed, amount: minus(this.#amount(this.#quantity), before) };
  }

  #amount(quantity: Decimal): Picos {
    return this.#price === undefined ? roundToPicos(quantity, "half-even") : rate(this.#price, quantity);
  }

  #quantityOf(page: Page, row: number): Decimal | undefined {
    if (page.types[page.typeIndex[row] ?? 0] !== this.#meter.eventType) return undefined;
    const rows = new MeterRows(page, this.#meter);
    const groups = rows.groupAt(row);
    const group = Object.fromEntries(this.#meter.groupBy.map((path, index) => [path, groups[index]]));
    if (!groupCovers(this.#price?.group ?? this.#currencyGroup(), group)) return undefined;
    const sample = rows.sampleAt(row);
    if (sample === undefined) return undefined;
    if (rows.aggregation.needs === "nothing") return one;
    return typeof sample.quantity === "number" ? decimalOf(sample.quantity) : sample.quantity;
  }

  #currencyGroup(): Readonly<Record<string, string>> {
    return this.#meter.key === chargeMeter.key ? { currency: this.line.key.currency } : {};
  }
}

/** The meter of a line, as it was defined for the line; undefined for a line without one. */
export function meterOfLine(
  { meter: key, key: { meterRevision } }: SealedLine,
  set: MeterSet | undefined,
): Meter | undefined {
  if (set === undefined || key === undefined) return undefined;
  return metersOf(set).find((meter) => meter.key === key && meter.revision === meterRevision);
}
