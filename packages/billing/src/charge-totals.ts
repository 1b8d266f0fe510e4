import {
  add,
  type Decimal,
  formatDecimal,
  formatPicos,
  noMoney,
  type Picos,
  picos,
  readDecimal,
  sum,
  zero,
} from "@farthing/money";
import type { MicroCharge } from "./micro-charge.ts";

/** What the charges of a file come to: of one line, or, without a line, of all. */
export interface ChargeTotal {
  readonly line?: string;
  readonly meter?: string;
  readonly group?: MicroCharge["group"];
  readonly charges: number;
  /** Quantities of several lines do not add up. */
  readonly quantity?: string;
  readonly amount: string;
}

interface LineSum extends Pick<ChargeTotal, "meter" | "group"> {
  readonly charges: number;
  readonly quantity: Decimal;
  readonly amount: Picos;
}

/** Adds up charges as they are written, each line apart. */
export class ChargeTotals {
  readonly #lines = new Map<string, LineSum>();

  /** Adds a charge. */
  add({ line, meter, group, quantity, amount }: MicroCharge): void {
    const so = this.#lines.get(line) ?? { charges: 0, quantity: zero, amount: noMoney };
    this.#lines.set(line, {
      ...(meter === undefined ? {} : { meter }),
      ...(group === undefined ? {} : { group }),
      charges: so.charges + 1,
      quantity: add(so.quantity, readDecimal(quantity)),
      amount: sum([so.amount, picos(amount)]),
    });
  }

  /** A total for each line with charges, in the order of the invoice, and last one of all. */
  get rows(): readonly ChargeTotal[] {
    const numbered = [...this.#lines].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
    const lines = numbered.map(([line, { charges, quantity, amount, ...named }]) => {
      return { line, ...named, charges, quantity: formatDecimal(quantity), amount: formatPicos(amount) };
    });
    const all = [...this.#lines.values()];
    const charges = all.reduce((count, line) => count + line.charges, 0);
    return [...lines, { charges, amount: formatPicos(sum(all.map(({ amount }) => amount))) }];
  }
}
