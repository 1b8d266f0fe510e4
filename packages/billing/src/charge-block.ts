import { squeeze, unsqueeze } from "@farthing/metering/blobs";
import { type Decimal, formatDecimal, type Picos, picosFrom, readDecimal } from "@farthing/money";
import type { ChargePlace } from "./charge-position.ts";

/** A charge as it is written: where it stands, the row of the log that it is of, if any, and what its line grew by. */
export interface WrittenCharge {
  readonly place: ChargePlace;
  readonly entry: number;
  readonly row: number;
  readonly quantity: Decimal;
  readonly amount: Picos;
}

/** How many charges a block holds: a page is in one or two. */
export const blockCharges = 2_000;

/** Numbers that mostly rise by one are written as what each is above the one before. */
function steps(values: readonly number[]): readonly number[] {
  return values.map((value, at) => value - (values[at - 1] ?? 0));
}

function sums(values: readonly number[]): readonly number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/** Columns: values that are alike lie side by side, and pack into a fraction. */
interface Columns {
  readonly hours: readonly number[];
  readonly rows: readonly number[];
  readonly lines: readonly number[];
  readonly entries: readonly number[];
  readonly entryRows: readonly number[];
  readonly quantities: readonly string[];
  readonly amounts: readonly string[];
}

/** Packs a block of charges. */
export function packBlock(charges: readonly WrittenCharge[]): Uint8Array {
  const columns: Columns = {
    hours: steps(charges.map(({ place }) => place.hour)),
    rows: steps(charges.map(({ place }) => place.row)),
    lines: charges.map(({ place }) => place.line),
    entries: steps(charges.map(({ entry }) => entry)),
    entryRows: steps(charges.map(({ row }) => row)),
    quantities: charges.map(({ quantity }) => formatDecimal(quantity)),
    amounts: charges.map(({ amount }) => amount.toString()),
  };
  return squeeze(JSON.stringify(columns));
}

/** Reads a block. Errors: throws on damaged bytes. */
export function unpackBlock(blob: Uint8Array): readonly WrittenCharge[] {
  const { lines, quantities, amounts, ...stepped }: Columns = JSON.parse(unsqueeze(blob));
  const [hours, rows] = [sums(stepped.hours), sums(stepped.rows)];
  const [entries, entryRows] = [sums(stepped.entries), sums(stepped.entryRows)];
  return lines.map((line, at) => ({
    place: { hour: hours[at] ?? 0, row: rows[at] ?? 0, line },
    entry: entries[at] ?? 0,
    row: entryRows[at] ?? 0,
    quantity: readDecimal(quantities[at] ?? "0"),
    amount: picosFrom(BigInt(amounts[at] ?? "0")),
  }));
}
