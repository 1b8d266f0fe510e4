import { chargeMeter, type Meter, type MeterSet, metersOf } from "@farthing/metering";
import { add, type Decimal, minus, negate, type Picos, roundToPicos, subtract, zero } from "@farthing/money";
import { groupCovers, isMetered, partsOf, rate, type UsagePart } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import { LineTransactions } from "./line-transactions.ts";
import { rowQuantity } from "./row-quantity.ts";
import type { SealedLine } from "./seal.ts";
import type { LogRow } from "./sealed-rows.ts";

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
  readonly #part: UsagePart | undefined;
  readonly #transactions: LineTransactions | undefined;
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
    this.#part = plan?.prices
      .filter(isMetered)
      .flatMap(partsOf)
      .find(({ key }) => key === line.key.price);
    this.#transactions = this.#part?.price.model === "percentage" ? new LineTransactions(this.#part.price) : undefined;
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

  /** Lays out an event of the line's period before any is taken: a price of each transaction needs all of them, in order. */
  lay(row: LogRow, isIn: boolean): void {
    const quantity = this.#transactions === undefined ? undefined : this.#quantityOf(row);
    if (quantity !== undefined) this.#transactions?.lay(nameOf(row), quantity, isIn);
  }

  /** Whether the line has to be laid out. */
  get isPerTransaction(): boolean {
    return this.#transactions !== undefined;
  }

  /** Adds an event, or takes a voided one away; undefined where the line does not take it. */
  take(row: LogRow, how: "add" | "void"): LineGrowth | undefined {
    const quantity = this.#quantityOf(row);
    if (quantity === undefined) return undefined;
    const signed = how === "add" ? quantity : negate(quantity);
    const before = this.#quantity;
    this.#quantity = add(before, signed);
    const grown = this.#transactions?.change(nameOf(row), how);
    return { quantity: signed, amount: grown ?? minus(this.#amount(this.#quantity), this.#amount(before)) };
  }

  #amount(quantity: Decimal): Picos {
    const price = this.#part?.price;
    if (price === undefined || price.model === "percentage") return roundToPicos(quantity, "half-even");
    return rate(price, quantity);
  }

  #quantityOf(row: LogRow): Decimal | undefined {
    return rowQuantity(this.#meter, row, this.#part?.takes ?? ((values) => groupCovers(this.#currencyGroup(), values)));
  }

  #currencyGroup(): Readonly<Record<string, string>> {
    return this.#meter.key === chargeMeter.key ? { currency: this.line.key.currency } : {};
  }
}

function nameOf({ entry, row }: LogRow): string {
  return `${entry}/${row}`;
}

/** The meter of a line, as it was defined for the line; undefined for a line without one. */
export function meterOfLine(
  { meter: key, key: { meterRevision } }: SealedLine,
  set: MeterSet | undefined,
): Meter | undefined {
  if (set === undefined || key === undefined) return undefined;
  return metersOf(set).find((meter) => meter.key === key && meter.revision === meterRevision);
}
