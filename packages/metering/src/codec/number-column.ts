import { type Decimal, formatDecimal, parseDecimal } from "@farthing/money";
import type { ExactJson } from "../event.ts";
import { ExactNumber } from "../exact-number.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { LeafBuilder } from "./leaf.ts";
import { leafOfDecimals, NumberLeaf } from "./number-leaf.ts";
import { decimalOfNumber, scaledOf, trimmed } from "./plain-number.ts";
import { readTextColumn, TextColumnBuilder } from "./text-column.ts";
import type { TextBudget } from "./text-table.ts";
import { rangeOf, readNumbers, writeNumbers } from "./uint-column.ts";

/** The first byte of a column whose numbers are texts; any lower one is the scale that all its numbers share. */
export const asTexts = 255;
const maxScale = 15;

/** Collects the numbers of a leaf. */
export class NumberColumnBuilder implements LeafBuilder {
  private readonly values: number[] = [];
  /** Scales of rows that are no integers. */
  private readonly scales = new Map<number, number>();
  /** Rows whose digits no double holds. */
  private readonly large = new Map<number, Decimal>();

  add(value: ExactJson): number {
    if (typeof value === "number" && Number.isSafeInteger(value)) {
      this.values.push(value + 0);
      return 0;
    }
    if (typeof value !== "number" && !(value instanceof ExactNumber)) throw new Error("not a number");
    const row = this.values.length;
    const scaled = typeof value === "number" ? scaledOf(value) : undefined;
    this.values.push(scaled?.value ?? 0);
    if (scaled !== undefined) {
      this.scales.set(row, scaled.scale);
      return 0;
    }
    this.large.set(row, decimalOfNumber(value));
    return 32;
  }

  /** Writes all numbers at the largest scale, or all as texts where a double cannot hold one of them. */
  write(writer: ByteWriter): void {
    const scale = Math.max(0, ...new Set(this.scales.values()));
    const values = this.large.size > 0 ? undefined : this.rescaled(scale);
    if (values === undefined) {
      writer.byte(asTexts);
      this.texts().write(writer);
      return;
    }
    writer.byte(scale);
    writeNumbers(writer, values);
  }

  private rescaled(scale: number): readonly number[] | undefined {
    const values =
      scale === 0 ? this.values : this.values.map((value, row) => value * 10 ** (scale - (this.scales.get(row) ?? 0)));
    const { min, max } = rangeOf(values);
    const fits = -min <= Number.MAX_SAFE_INTEGER && max <= Number.MAX_SAFE_INTEGER;
    return fits && max - min <= Number.MAX_SAFE_INTEGER ? values : undefined;
  }

  private texts(): TextColumnBuilder {
    const texts = new TextColumnBuilder();
    this.values.forEach((value, row) => {
      const large = this.large.get(row);
      texts.add(formatDecimal(large ?? trimmed(value, this.scales.get(row) ?? 0)));
    });
    return texts;
  }
}

/** Reads a column of `count` numbers. */
export function readNumberColumn(reader: ByteReader, count: number, budget: TextBudget): NumberLeaf {
  const scale = reader.byte();
  if (scale !== asTexts) {
    if (scale > maxScale) reader.fail();
    return new NumberLeaf(readNumbers(reader, count), scale);
  }
  const column = readTextColumn(reader, count, budget);
  const decimals = column.table.all().map((text) => {
    const parsed = parseDecimal(text);
    if (parsed.ok) return parsed.value;
    reader.fail();
    return { digits: 0n, scale: 0 };
  });
  return leafOfDecimals(column.indexes, decimals);
}
