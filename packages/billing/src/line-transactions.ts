import { type Decimal, minus, noMoney, type Picos, sum } from "@farthing/money";
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

/**
 * The transactions of a line in order of (time, id), of which some are charged already.
 *
 * An allowance goes to the first ones, so that one which comes or goes among those moves it on; behind them each has its fee,
 * whatever the others do.
 */
export class LineTransactions {
  readonly #price: PercentagePrice;
  readonly #entries: Entry[] = [];
  readonly #places = new Map<string, number>();
  /** Those with a part in the allowance, all of them while some is left: the last, what they came to, and their fees. */
  #last = -1;
  #so: Transactions = noTransactions;
  #firstFees: Picos = noMoney;
  /** The fees of all that are in. */
  #fees: Picos = noMoney;

  constructor(price: PercentagePrice) {
    this.#price = price;
  }

  /** Lays out the next transaction in order, and whether it is charged already. */
  lay(name: string, amount: Decimal, isIn: boolean): void {
    const fee = feeWithoutAllowance(this.#price, amount);
    const entry = { amount, fee, isIn };
    const place = this.#entries.push(entry) - 1;
    this.#places.set(name, place);
    if (!isIn) return;
    this.#fees = sum([this.#fees, fee]);
    this.#append(place, entry);
  }

  /** What the line grows by when a transaction is charged, or taken away. Errors: throws on one that was not laid out. */
  change(name: string, how: "add" | "void"): Picos {
    const place = this.#places.get(name) ?? -1;
    const entry = this.#entries[place];
    if (entry === undefined) throw new Error("a charge of a transaction that its line does not hold");
    const before = this.#charged();
    entry.isIn = how === "add";
    this.#fees = entry.isIn ? sum([this.#fees, entry.fee]) : minus(this.#fees, entry.fee);
    if (place <= this.#last) this.#foldFirst();
    else if (entry.isIn) this.#append(place, entry);
    return minus(this.#charged(), before);
  }

  #charged(): Picos {
    const charged = sum([this.#so.charged, minus(this.#fees, this.#firstFees)]);
    return chargedFor(this.#price, { ...this.#so, charged });
  }

  #append(place: number, { amount, fee }: Entry): boolean {
    if (!allowanceLeft(this.#price, this.#so)) return false;
    this.#so = addTransaction(this.#price, this.#so, amount);
    this.#firstFees = sum([this.#firstFees, fee]);
    this.#last = place;
    return true;
  }

  /** What the first ones come to, and which they are. */
  #foldFirst(): void {
    [this.#last, this.#so, this.#firstFees] = [-1, noTransactions, noMoney];
    for (const [place, entry] of this.#entries.entries()) if (entry.isIn && !this.#append(place, entry)) return;
  }
}
