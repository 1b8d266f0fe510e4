import { noMoney, type Picos, picosFrom } from "@farthing/money";

/** What of an amount stands in the debit column. */
export function debitOf(amount: Picos): Picos {
  return amount > noMoney ? amount : noMoney;
}

/** What of an amount stands in the credit column. */
export function creditOf(amount: Picos): Picos {
  return amount < noMoney ? picosFrom(-amount) : noMoney;
}
