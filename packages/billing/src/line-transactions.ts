import { type Decimal, minus, type Picos, sum } from "@farthing/money";
import {
  addTransaction,
  allowanceLeft,
  chargedFor,
  feeWithoutAllowance,
  noTransactions,
  type PercentagePrice,
  type Transactions,
} from "@farthing/pricing";

interface Entry {
  readonly amount: Decimal;
  /** What it costs once the allowance is used up. */
  readonly fee: Picos;
  isIn: boolean;
}

/** The transactions of a line in order of (time, id), of which some are charged already. */
export class LineTransactions {
  readonly #price: PercentagePrice;
  readonly #entries: Entry[] = [];
  readonly #places = new Map<string, number>();
  #last = -1;
  #so: Transactions = noTransactions;

  constructor(price: PercentagePrice) {
    this.#price = price;
  }

  /** Lays out the next transaction in order, and whether it is charged already. */
  lay(name: string, amount: Decimal, isIn: boolean): void {
    const fee = feeWithoutAllowance(this.#price, amount);
    const place = this.#entries.push({ amount, fee, isIn }) - 1;
    this.#places.set(name, place);
    if (isIn) this.#append(place);
  }

  /** What the line grows by when a transaction is charged, or taken away. Errors: throws on one that was not laid out. */
  change(name: string, how: "add" | "void"): Picos {
    const place = this.#places.get(name) ?? -1;
    const entry = this.#entries[place];
    if (entry === undefined) throw new Error("a charge of a transaction that its line does not hold");
    const before = chargedFor(this.#price, this.#so);
    entry.isIn = how === "add";
    if (entry.isIn && place > this.#last) this.#append(place);
    else this.#so = this.#fold();
    return minus(chargedFor(this.#price, this.#so), before);
  }

  #append(place: number): void {
    const entry = this.#entries[place];
    if (entry === undefined) return;
    this.#so = addTransaction(this.#price, this.#so, entry.amount);
    this.#last = place;
  }

  /** What is in comes to, from the first on: what came late moves the allowance of all that follow. */
  #fold(): Transactions {
    let so = noTransactions;
    const later: Picos[] = [];
    for (const { amount, fee, isIn } of this.#entries) {
      if (!isIn) continue;
      if (allowanceLeft(this.#price, so)) so = addTransaction(this.#price, so, amount);
      else later.push(fee);
    }
    return { ...so, count: so.count + later.length, charged: sum([so.charged, ...later]) };
  }
}
