import { type Decimal, formatDecimal, minus, type Picos, picosFrom, readDecimal } from "@farthing/money";
import { addTransaction, chargedFor, noTransactions, type PercentagePrice, type Transactions } from "@farthing/pricing";

/** Transactions of a line that are charged one behind the other, from the first of its period on: nothing lies behind them. */
export class TransactionRun {
  readonly #price: PercentagePrice;
  #so: Transactions;

  constructor(price: PercentagePrice, so: Transactions = noTransactions) {
    this.#price = price;
    this.#so = so;
  }

  /** Reads back the text of a run. */
  static read(price: PercentagePrice, text: string): TransactionRun {
    const [count = "0", free = "0", charged = "0"] = text.split("/");
    return new TransactionRun(price, {
      count: Number(count),
      free: readDecimal(free),
      charged: picosFrom(BigInt(charged)),
    });
  }

  /** What the line grows by with the next transaction. Units: the amount in major units. */
  add(amount: Decimal): Picos {
    const before = chargedFor(this.#price, this.#so);
    this.#so = addTransaction(this.#price, this.#so, amount);
    return minus(chargedFor(this.#price, this.#so), before);
  }

  /** The run as text. */
  get text(): string {
    const { count, free, charged } = this.#so;
    return `${count}/${formatDecimal(free)}/${charged}`;
  }
}
