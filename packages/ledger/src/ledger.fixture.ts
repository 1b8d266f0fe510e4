import { currency, expectOk, merchantId, picos } from "@farthing/money";
import { account, partyId } from "./account.ts";
import { memoryBooks } from "./memory-books.ts";
import { makePosting, type Posting } from "./posting.ts";

export const merchant = merchantId("shop");
export const ann = partyId("ann");
export const usd = currency("USD");
/** Noon of 2 March 2026, when every world begins. */
export const start = Date.UTC(2026, 2, 2, 12);
export const hour = 3_600_000;

/** A posting from legs such as "receivable:USD:ann 12.34", debits positive. */
export function posting(cause: string, legs: readonly string[], more: Partial<Posting> = {}): Posting {
  return expectOk(makePosting(rawPosting(cause, legs, more)));
}

/** The same before it is checked. */
export function rawPosting(cause: string, legs: readonly string[], more: Partial<Posting> = {}): Posting {
  const entries = legs.map((leg) => {
    const [id = "", amount = ""] = leg.split(" ");
    return { account: account(id), amount: picos(amount) };
  });
  return { merchant, cause, occurredAt: start, description: "A test", facts: {}, entries, ...more };
}

/** Empty books in memory, whose clock a test moves. */
export function ledgerWorld(books = memoryBooks()) {
  let now = start;
  return {
    books,
    clock: { now: () => now },
    at(time: number) {
      now = time;
    },
  };
}
