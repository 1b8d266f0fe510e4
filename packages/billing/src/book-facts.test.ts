import { accountId, trialBalance } from "@farthing/ledger";
import { memoryBooks } from "@farthing/ledger/memory";
import { currency, formatPicos, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { factPosting, postFacts } from "./book-facts.ts";
import type { CollectionFact } from "./collection-fact.ts";
import { ann, merchant, start } from "./world.fixture.ts";

const ref = { merchant, customer: ann, seal: 1, currency: currency("USD"), at: start };
const movement = (amount: string, fee: string, code = "USD") => {
  return { id: "txn_1", amount: picos(amount), fee: picos(fee), currency: currency(code), at: start };
};
const payment: CollectionFact = {
  ...ref,
  kind: "payment",
  cause: "payment:pi_1",
  payment: "pi_1",
  amount: picos("10"),
  movement: movement("10", "0.59"),
};
const refund: CollectionFact = {
  ...ref,
  kind: "refund",
  cause: "refund:re_1",
  refund: "re_1",
  key: "k",
  amount: picos("4"),
  movement: movement("-4", "0"),
};

describe("factPosting", () => {
  test.for<{ fact: CollectionFact; why: string; posts: readonly string[] }>([
    {
      fact: payment,
      why: "a payment, of which the rail keeps a fee",
      posts: ["clearing:USD 9.41", "fees:USD 0.59", "receivable:USD:ann -10"],
    },
    {
      fact: { ...payment, movement: movement("9.2", "0.5", "EUR") },
      why: "a payment on a balance in another currency",
      posts: ["clearing:EUR 8.7", "exchange:EUR -9.2", "exchange:USD 10", "fees:EUR 0.5", "receivable:USD:ann -10"],
    },
    { fact: refund, why: "a refund", posts: ["clearing:USD -4", "receivable:USD:ann 4"] },
    {
      fact: { ...refund, movement: movement("-4", "0.1") },
      why: "a refund that the rail charges for",
      posts: ["clearing:USD -4.1", "fees:USD 0.1", "receivable:USD:ann 4"],
    },
  ])("of $why", ({ fact, posts }) => {
    const posting = factPosting(fact);
    expect(posting?.entries.map(({ account, amount }) => `${accountId(account)} ${formatPicos(amount)}`)).toEqual(
      posts,
    );
    expect(posting?.facts).toEqual({ invoice: "inv_ann_1_USD", movement: "txn_1" });
  });

  test("of what was given up is nothing: the account log posts it", () => {
    expect(factPosting({ ...ref, kind: "write_off", cause: "write_off:x", amount: picos("1") })).toBeUndefined();
  });
});

test("postFacts posts each once, however often they come", async () => {
  const stores = { books: memoryBooks(), clock: { now: () => start } };
  for (const _ of ["noted", "reconciled"]) await postFacts(stores, [payment, refund]);
  const { accounts } = await trialBalance(stores.books, merchant);
  expect(accounts.map(({ account, balance }) => `${accountId(account)} ${formatPicos(balance)}`)).toEqual([
    "clearing:USD 5.41",
    "fees:USD 0.59",
    "receivable:USD -6",
  ]);
});
