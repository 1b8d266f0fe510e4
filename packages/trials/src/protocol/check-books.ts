import { accountId, partyId, trialBalance } from "@farthing/ledger";
import { customers } from "./catalogue.ts";
import type { History } from "./history.ts";

/** The books say of each currency, and of each customer, what the seals say themselves. */
export async function checkBooks(history: History): Promise<void> {
  const { stores, merchant } = history;
  const wanted = new Map<string, bigint>();
  for (const name of customers) {
    const ref = history.customer(name);
    const own = new Map<string, bigint>();
    for (const { invoices } of await stores.seals.seals(ref))
      for (const { currency, exact, total, carriedIn, carriedOut } of invoices) {
        add(own, `receivable:${currency}`, total);
        add(own, `revenue:${currency}`, -exact);
        add(own, `rounding:${currency}`, carriedOut - carriedIn);
      }
    for (const [id, amount] of own) add(wanted, id, amount);
    const head = await stores.books.head({ kind: "party", merchant, party: partyId(ref.customer) });
    compare(history, `the book of ${name}`, own, Object.entries(head?.balances ?? {}));
  }
  const { accounts } = await trialBalance(stores.books, merchant);
  const found = accounts.map(({ account, balance }) => [accountId(account), balance] as const);
  compare(history, "the trial balance", wanted, found);
}

function add(sums: Map<string, bigint>, id: string, amount: bigint): void {
  sums.set(id, (sums.get(id) ?? 0n) + amount);
}

function compare(
  { witness }: History,
  what: string,
  wanted: ReadonlyMap<string, bigint>,
  found: readonly (readonly [id: string, amount: bigint])[],
): void {
  const textOf = (sums: Iterable<readonly [string, bigint]>) =>
    [...sums]
      .filter(([, amount]) => amount !== 0n)
      .map(([id, amount]) => `${id} ${amount}`)
      .sort()
      .join(", ");
  const [says, should] = [textOf(found), textOf(wanted)];
  if (says !== should) witness.blame(`${what} says ${says}, where the seals say ${should}`);
}
