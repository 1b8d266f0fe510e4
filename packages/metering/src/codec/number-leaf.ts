import { type Decimal, formatDecimal } from "@farthing/money";
import type { ExactJson } from "../event.ts";
import type { Quantity } from "./bundle.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { type LeafRows, leafKinds } from "./leaf.ts";
import { decimalOfNumber, numberOf, numberOfScaled, scaledOf, trimmed } from "./plain-number.ts";

/** Stands for the scale of a number whose digits no double holds; its value then is its index among `large`. */
export const largeScale = 255;

/** Numbers as they were read: `values[i] / 10^scale`. */
export class NumberLeaf implements LeafRows {
  readonly kind = leafKinds.number;
  readonly values: Float64Array;
  /** The scale of all numbers, −1 where each has its own in `scales`. */
  readonly scale: number;
  readonly scales: Uint32Array;
  readonly large: readonly Decimal[];

  constructor(values: Float64Array, scale: number | Uint32Array, large: readonly Decimal[] = []) {
    this.values = values;
    this.scale = typeof scale === "number" ? scale : -1;
    this.scales = typeof scale === "number" ? noScales : scale;
    this.large = large;
  }

  /** The scale of a row. */
  scaleOf(at: number): number {
    return this.scale < 0 ? (this.scales[at] ?? 0) : this.scale;
  }

  private decimal(at: number, scale: number): Decimal {
    const value = this.values[at] ?? 0;
    return scale === largeScale ? (this.large[value] ?? nought) : trimmed(value, scale);
  }

  quantity(at: number): Quantity {
    const scale = this.scaleOf(at);
    if (scale === 0) return this.values[at] ?? 0;
    return quantityOf(this.decimal(at, scale));
  }

  text(at: number): string {
    const scale = this.scaleOf(at);
    return scale === 0 ? String(this.values[at] ?? 0) : formatDecimal(this.decimal(at, scale));
  }

  value(at: number): ExactJson {
    const scale = this.scaleOf(at);
    return scale === largeScale ? numberOf(this.decimal(at, scale)) : numberOfScaled(this.values[at] ?? 0, scale);
  }

  writeJson(at: number, writer: ByteWriter): void {
    const value = this.values[at] ?? 0;
    if (this.scaleOf(at) === 0 && value >= 0 && value < 2 ** 31) writer.digits(value);
    else writer.text(this.text(at));
  }
}

const noScales = new Uint32Array(0);
const nought: Decimal = { digits: 0n, scale: 0 };

/** A decimal as meters read it. */
export function quantityOf(value: Decimal): Quantity {
  if (value.scale > 0) return value;
  const integer = Number(value.digits);
  return Number.isSafeInteger(integer) ? integer : value;
}

/** The leaf of some decimals by the index of each row's: those that a double holds become numbers. */
export function leafOfDecimals(indexes: Uint32Array, decimals: readonly Decimal[]): NumberLeaf {
  const large: Decimal[] = [];
  const known = decimals.map((decimal) => {
    const number = numberOf(decimal);
    const scaled = typeof number === "number" ? scaledOf(number) : undefined;
    return scaled ?? { value: large.push(decimalOfNumber(number)) - 1, scale: largeScale };
  });
  const values = Float64Array.from(indexes, (index) => known[index]?.value ?? 0);
  return new NumberLeaf(
    values,
    indexes.map((index) => known[index]?.scale ?? 0),
    large,
  );
}
