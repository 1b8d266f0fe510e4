import { chargeMeter, type Meter, MeterRows, type MeterSet, MeterState, metersOf, type Page } from "@farthing/metering";
import {
  type Decimal,
  isZero,
  minus,
  negate,
  noMoney,
  type Picos,
  roundToPicos,
  subtract,
  zero,
} from "@farthing/money";
import { groupCovers, type UsagePart, type UsageValues } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import type { LineBasis, LineSide } from "./line-basis.ts";
import { LineTransactions } from "./line-transactions.ts";
import { usageOf } from "./priced-cells.ts";
import { rowQuantity } from "./row-quantity.ts";
import type { SealedLine } from "./seal.ts";
import type { LogRow } from "./sealed-rows.ts";

/** What a line grew by: by one event, or before its first. */
export interface LineGrowth {
  readonly quantity: Decimal;
  readonly amount: Picos;
}

/** When a line's subscription charged, by the subscriptions of the line's seal and of the seal before it. */
export interface LineWindows {
  readonly now: ChargeWindow | undefined;
  readonly before: ChargeWindow | undefined;
}

/** What a line has taken: of what it keeps, and of what it gives back. */
export interface LineStates {
  readonly kept: string;
  readonly gone: string;
}

/** What a line is made of. */
export interface ChargeLineParts {
  readonly meter: Meter;
  readonly part: UsagePart | undefined;
  readonly windows: LineWindows;
  readonly basis: LineBasis;
  /** What it had taken when a page ended. */
  readonly states: LineStates | undefined;
}

/**
 * A line of an invoice that events are added to one by one, in their order, from what its key was charged for before.
 *
 * Not every aggregation can take an event out of a state. So voided ones are added in their order to those that stay, and what
 * each adds is what it is given back by: all together that is what they were charged.
 */
export class ChargeLine {
  readonly line: SealedLine;
  readonly #parts: ChargeLineParts;
  readonly #transactions: LineTransactions | undefined;
  readonly #kept: MeterState;
  readonly #gone: MeterState;
  readonly #rows = new WeakMap<Page, MeterRows>();

  constructor(line: SealedLine, parts: ChargeLineParts) {
    const { meter, part, basis, states } = parts;
    this.line = line;
    this.#parts = parts;
    this.#transactions = part?.price.model === "percentage" ? new LineTransactions(part.price) : undefined;
    this.#kept = states === undefined ? (basis.kept ?? new MeterState(meter)) : MeterState.read(meter, states.kept);
    this.#gone = states === undefined ? this.#kept.copy() : MeterState.read(meter, states.gone);
  }

  /** What the line has taken so far: what a next page begins with. */
  get states(): LineStates {
    return { kept: this.#kept.text, gone: this.#gone.text };
  }

  /** Whether an event's time is in the line's period, and its subscription charged for it at the seal. Units: milliseconds. */
  holds(time: number): boolean {
    return this.#isIn(this.#parts.windows.now, time);
  }

  /** Whether its subscription charged for an event of that time at the seal before. Units: milliseconds. */
  heldBefore(time: number): boolean {
    return this.#isIn(this.#parts.windows.before, time);
  }

  #isIn(window: ChargeWindow | undefined, time: number): boolean {
    const { periodFrom, periodTo, subscription } = this.line.key;
    if (time < periodFrom || time >= periodTo) return false;
    return subscription === null || (window !== undefined && time >= window.from && time < window.to);
  }

  /** Lays out an event of the line's period before any is taken: a price of each transaction needs all of them, in order. */
  lay(row: LogRow, isIn: boolean): void {
    if (this.#transactions === undefined) return;
    const quantity = rowQuantity(this.#parts.meter, row, (values) => this.#takes(values));
    if (quantity !== undefined) this.#transactions.lay(nameOf(row), quantity, isIn);
  }

  /** Whether the line has to be laid out. */
  get isPerTransaction(): boolean {
    return this.#transactions !== undefined;
  }

  /**
   * What the line grows by without any event of its own: what is carried into its period, and what that or the end of its
   * subscription changes for events that were charged before. Undefined where that is nothing.
   */
  opening(): LineGrowth | undefined {
    const { now, before, hadEvents } = this.#parts.basis;
    const { exact, chargedExact, quantity = zero, chargedQuantity = zero } = this.line;
    if (this.#transactions !== undefined) return undefined;
    const was = hadEvents
      ? this.#measure(before, this.#kept)
      : { quantity: subtract(chargedQuantity, quantity), amount: minus(chargedExact, exact) };
    const grown = growth(this.#measure(now, this.#kept), was);
    return isZero(grown.quantity) && grown.amount === 0n ? undefined : grown;
  }

  /** Adds an event, or takes a voided one away; undefined where the line does not take it. */
  take(row: LogRow, how: "add" | "void"): LineGrowth | undefined {
    const rows = this.#rowsOf(row.page);
    const sample = rows.takesType(row.pageRow) ? rows.sampleAt(row.pageRow) : undefined;
    if (sample === undefined || !this.#takes(rows.groupsAt(row.pageRow))) return undefined;
    const { now, before } = this.#parts.basis;
    const [side, state] = how === "add" ? [now, this.#kept] : [before, this.#gone];
    const was = this.#measure(side, state);
    state.add(sample);
    const grown = growth(this.#measure(side, state), was);
    const signed = how === "add" ? grown : { quantity: negate(grown.quantity), amount: minus(noMoney, grown.amount) };
    return { ...signed, amount: this.#transactions?.change(nameOf(row), how) ?? signed.amount };
  }

  #measure(side: LineSide | undefined, state: MeterState): LineGrowth {
    const quantity = side === undefined ? zero : (state.value(side.held, side.carried) ?? zero);
    const price = this.#parts.part?.price;
    if (price === undefined || price.model === "percentage")
      return { quantity, amount: roundToPicos(quantity, "half-even") };
    return { quantity, amount: usageOf(price, quantity) };
  }

  #rowsOf(page: Page): MeterRows {
    const rows = this.#rows.get(page) ?? new MeterRows(page, this.#parts.meter);
    this.#rows.set(page, rows);
    return rows;
  }

  #takes(values: UsageValues): boolean {
    const { part, meter } = this.#parts;
    if (part !== undefined) return part.takes(values);
    return groupCovers(meter.key === chargeMeter.key ? { currency: this.line.key.currency } : {}, values);
  }
}

function growth(now: LineGrowth, was: LineGrowth): LineGrowth {
  return { quantity: subtract(now.quantity, was.quantity), amount: minus(now.amount, was.amount) };
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
