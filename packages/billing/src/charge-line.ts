import { chargeMeter, type Meter, type MeterSet, type MeterState, metersOf } from "@farthing/metering";
import { isZero, minus, negate, noMoney, type Picos, roundToPicos, subtract, zero } from "@farthing/money";
import { groupCovers, type PercentagePrice, type UsagePart, type UsageValues } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import type { LineBasis, LineSide, LineStates } from "./line-basis.ts";
import { LineTransactions } from "./line-transactions.ts";
import type { LineGrowth } from "./micro-charge.ts";
import { usageOf } from "./priced-cells.ts";
import { RowReader } from "./row-quantity.ts";
import type { SealedLine } from "./seal.ts";
import type { LogRow } from "./sealed-rows.ts";
import { TransactionRun } from "./transaction-run.ts";

/** When a line's subscription charged, by the subscriptions of the line's seal and of the seal before it. */
export interface LineWindows {
  readonly now: ChargeWindow | undefined;
  readonly before: ChargeWindow | undefined;
}

/** What a line is made of. */
export interface ChargeLineParts {
  /** Its number among all lines of its invoice. */
  readonly number: number;
  readonly meter: Meter;
  readonly part: UsagePart | undefined;
  readonly windows: LineWindows;
  readonly basis: LineBasis;
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
  readonly #rows: RowReader;
  /** Transactions that others of their period were charged before: what comes between them moves the allowance. */
  readonly #laid: LineTransactions | undefined;
  readonly #run: TransactionRun | undefined;
  /** What the line came to when it was last asked, by what it keeps and what it gives back. */
  readonly #measured: { add?: LineGrowth; void?: LineGrowth } = {};

  constructor(line: SealedLine, parts: ChargeLineParts) {
    const { part, basis } = parts;
    this.line = line;
    this.#parts = parts;
    this.#rows = new RowReader(parts.meter, (values) => this.#takes(values));
    const price = perTransaction(part);
    this.#laid = price !== undefined && basis.hadEvents ? new LineTransactions(price) : undefined;
    this.#run = price !== undefined && !basis.hadEvents ? runOf(price, basis.run) : undefined;
  }

  /** Its number among all lines of its invoice, from 0 on. */
  get number(): number {
    return this.#parts.number;
  }

  /** Whether what it has taken may be long: each different value that came. */
  get isLong(): boolean {
    return this.#parts.meter.aggregation === "unique_count";
  }

  /** What the line has taken so far: what a next page begins with. */
  get states(): LineStates {
    const { kept, gone, hadEvents, now, before } = this.#parts.basis;
    const carried = (side: LineSide | undefined) => side?.carried?.text;
    const texts = { gone: hadEvents ? gone.text : undefined, now: carried(now), before: carried(before) };
    const known = Object.entries({ ...texts, run: this.#run?.text }).filter(([, text]) => text !== undefined);
    return { kept: kept.text, ...Object.fromEntries(known) };
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

  /** Lays out an event of the line's period before any is taken: transactions among others need all of them, in order. */
  lay(row: LogRow, isIn: boolean): void {
    if (this.#laid === undefined) return;
    const quantity = this.#rows.quantityOf(row);
    if (quantity !== undefined) this.#laid.lay(nameOf(row), quantity, isIn);
  }

  /** Whether the line has to be laid out. */
  get isLaidOut(): boolean {
    return this.#laid !== undefined;
  }

  /** Whether an event counts for the line, if it is charged for. */
  counts(row: LogRow): boolean {
    return this.#rows.sampleOf(row) !== undefined;
  }

  /**
   * What the line grows by without any event of its own: what is carried into its period, and what that or the end of its
   * subscription changes for events that were charged before. Undefined where that is nothing.
   */
  opening(): LineGrowth | undefined {
    const { now, before, hadEvents, kept } = this.#parts.basis;
    const { exact, chargedExact, quantity = zero, chargedQuantity = zero } = this.line;
    if (perTransaction(this.#parts.part) !== undefined) return undefined;
    const was = hadEvents
      ? this.#measure(before, kept)
      : { quantity: subtract(chargedQuantity, quantity), amount: minus(chargedExact, exact) };
    const grown = growth(this.#measure(now, kept), was);
    return isZero(grown.quantity) && grown.amount === 0n ? undefined : grown;
  }

  /** Adds an event, or takes a voided one away; undefined where the line does not take it. */
  take(row: LogRow, how: "add" | "void"): LineGrowth | undefined {
    const sample = this.#rows.sampleOf(row);
    if (sample === undefined) return undefined;
    const { now, before, kept, gone } = this.#parts.basis;
    const [side, state] = how === "add" ? [now, kept] : [before, gone];
    const was = this.#measured[how] ?? this.#measure(side, state);
    state.add(sample);
    const is = this.#measure(side, state);
    this.#measured[how] = is;
    const grown = growth(is, was);
    const signed = how === "add" ? grown : { quantity: negate(grown.quantity), amount: minus(noMoney, grown.amount) };
    return { ...signed, amount: this.#transaction(row, sample, how) ?? signed.amount };
  }

  #transaction(row: LogRow, sample: Parameters<RowReader["quantityIn"]>[0], how: "add" | "void"): Picos | undefined {
    return this.#laid?.change(nameOf(row), how) ?? this.#run?.add(this.#rows.quantityIn(sample));
  }

  #measure(side: LineSide | undefined, state: MeterState): LineGrowth {
    const quantity = side === undefined ? zero : (state.value(side.held, side.carried) ?? zero);
    const price = this.#parts.part?.price;
    if (price === undefined || price.model === "percentage")
      return { quantity, amount: roundToPicos(quantity, "half-even") };
    return { quantity, amount: usageOf(price, quantity) };
  }

  #takes(values: UsageValues): boolean {
    const { part, meter } = this.#parts;
    if (part !== undefined) return part.takes(values);
    return groupCovers(meter.key === chargeMeter.key ? { currency: this.line.key.currency } : {}, values);
  }
}

function perTransaction(part: UsagePart | undefined): PercentagePrice | undefined {
  return part?.price.model === "percentage" ? part.price : undefined;
}

function runOf(price: PercentagePrice, text: string | undefined): TransactionRun {
  return text === undefined ? new TransactionRun(price) : TransactionRun.read(price, text);
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
