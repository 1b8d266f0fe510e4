import { type Entry, type LedgerStores, makePosting, type Posting, partyId, post } from "@farthing/ledger";
import { expectOk, minus, noMoney, type Picos } from "@farthing/money";
import type { CollectionFact } from "./collection-fact.ts";
import { invoiceId } from "./invoice-id.ts";

/**
 * What a fact of collection posts: the invoice's part of a payment or a refund, and what the rail put on the balance for it.
 * Where the balance has another currency, both meet in the exchange account. An invoice that is given up is posted with its
 * record in the account log.
 *
 * Source: docs/ledger.md, "What posts what".
 */
export function factPosting(fact: CollectionFact): Posting | undefined {
  if (fact.kind === "write_off") return undefined;
  const { merchant, customer, currency, movement } = fact;
  const owed = fact.kind === "payment" ? minus(noMoney, fact.amount) : fact.amount;
  const leg = (account: Entry["account"], amount: Picos): Entry => ({ account, amount });
  const rail = movement.currency;
  const id = fact.kind === "payment" ? fact.payment : fact.refund;
  return expectOk(
    makePosting({
      merchant,
      cause: `${fact.kind === "payment" ? "payment_received" : "payment_refunded"}:${id}`,
      occurredAt: fact.at,
      description: fact.kind === "payment" ? "Payment received" : "Payment refunded",
      facts: { invoice: invoiceId(fact), movement: movement.id },
      entries: [
        leg({ type: "receivable", currency, party: partyId(customer) }, owed),
        leg({ type: "exchange", currency }, minus(noMoney, owed)),
        leg({ type: "exchange", currency: rail }, minus(noMoney, movement.amount)),
        leg({ type: "clearing", currency: rail }, minus(movement.amount, movement.fee)),
        leg({ type: "fees", currency: rail }, movement.fee),
      ],
    }),
  );
}

/**
 * Posts facts of collection, each once. They are stored before: who died in between is made up for by the next
 * reconciliation, which posts the facts of its days again.
 */
export async function postFacts(stores: LedgerStores, facts: readonly CollectionFact[]): Promise<void> {
  for (const fact of facts) {
    const posting = factPosting(fact);
    if (posting !== undefined) expectOk(await post(stores, posting));
  }
}
