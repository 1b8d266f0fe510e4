import { err, formatPicos } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountId } from "./account.ts";
import { merchant, posting, rawPosting } from "./ledger.fixture.ts";
import { makePosting, partiesOf, postingDigest } from "./posting.ts";

const legs = (...of: readonly string[]) => makePosting(rawPosting("test:1", of));

describe("makePosting", () => {
  test("adds up entries of one account, drops what is nothing, and puts the rest in order", () => {
    const made = posting("test:1", [
      "tax:USD 1",
      "receivable:USD:ann 2.5",
      "tax:USD -1",
      "revenue:USD -1",
      "revenue:USD -1.5",
    ]);
    expect(made.entries.map(({ account, amount }) => `${accountId(account)} ${formatPicos(amount)}`)).toEqual([
      "receivable:USD:ann 2.5",
      "revenue:USD -2.5",
    ]);
  });

  test.for([
    { of: ["receivable:USD 0.000000000001"], currency: "USD", excess: "0.000000000001", why: "one leg" },
    {
      of: ["receivable:USD 1", "revenue:USD -0.999999999999"],
      currency: "USD",
      excess: "0.000000000001",
      why: "the last digit",
    },
    { of: ["receivable:USD 1", "revenue:EUR -1"], currency: "USD", excess: "1", why: "two currencies" },
    {
      of: ["receivable:USD 1", "revenue:USD -1", "tax:JPY -3"],
      currency: "JPY",
      excess: "-3",
      why: "one of its currencies",
    },
  ])("refuses what does not balance: $why", ({ of, currency, excess }) => {
    expect(legs(...of)).toEqual(err({ code: "unbalanced", currency, excess }));
  });

  test.for([
    { of: [], why: "no legs" },
    { of: ["receivable:USD 0"], why: "a leg of nothing" },
    { of: ["receivable:USD 1", "receivable:USD -1"], why: "legs that undo each other" },
  ])("refuses what moves nothing: $why", ({ of }) => {
    expect(legs(...of)).toEqual(err({ code: "nothing_to_post" }));
  });

  test("takes 90 parties, and refuses 91", () => {
    const shares = (count: number) => Array.from({ length: count }, (_, n) => `payable:USD:p${n} -1`);
    expect(legs("revenue:USD 90", ...shares(90)).ok).toBe(true);
    expect(legs("revenue:USD 91", ...shares(91))).toEqual(err({ code: "too_many_parties", parties: 91, limit: 90 }));
  });

  test.for(["", "test", "test:", "Test:1", "test:a b", "test:가", ":1"])("takes %j for no cause", (cause) => {
    expect(() => makePosting(rawPosting(cause, ["tax:USD 1", "fees:USD -1"]))).toThrow("not a cause");
  });

  test("balances in every currency, whatever it is made of", () => {
    const leg = fc.record({
      account: fc.constantFrom("receivable:USD:ann", "revenue:USD", "receivable:JPY:bob", "tax:JPY"),
      amount: fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n }).map(String),
    });
    fc.assert(
      fc.property(fc.array(leg, { maxLength: 6 }), (some) => {
        const all = some.flatMap(({ account, amount }) => {
          const other = account.includes("USD") ? "fees:USD" : "fees:JPY";
          return [`${account} ${amount}`, `${other} ${-BigInt(amount)}`];
        });
        const made = legs(...all);
        if (!made.ok) {
          expect(made.error.code).toBe("nothing_to_post");
          return;
        }
        const sums: Record<string, bigint> = {};
        for (const { account, amount } of made.value.entries)
          sums[account.currency] = (sums[account.currency] ?? 0n) + amount;
        expect(Object.values(sums).every((sum) => sum === 0n)).toBe(true);
      }),
    );
  });
});

describe("postingDigest", () => {
  const one = posting("test:1", ["receivable:USD:ann 1", "revenue:USD -1"], { facts: { b: "2", a: "1" } });

  test("does not depend on the order in which things were said", () => {
    const again = posting("test:1", ["revenue:USD -1", "receivable:USD:ann 1"], { facts: { a: "1", b: "2" } });
    expect(postingDigest(again)).toBe(postingDigest(one));
  });

  test.for([
    { other: { cause: "test:2" } },
    { other: { occurredAt: 1 } },
    { other: { description: "Another" } },
    { other: { facts: { a: "1" } } },
    { other: { entries: posting("test:1", ["receivable:USD:bob 1", "revenue:USD -1"]).entries } },
    {
      other: {
        entries: posting("test:1", ["receivable:USD:ann 1.000000000001", "revenue:USD -1.000000000001"]).entries,
      },
    },
  ])("is another with other $other", ({ other }) => {
    expect(postingDigest({ ...one, ...other })).not.toBe(postingDigest(one));
  });
});

test("partiesOf names each party once", () => {
  const made = posting("test:1", ["wallet:USD:bob 2", "payable:USD:ann -1", "held:USD:bob -1"], { merchant });
  expect(partiesOf(made)).toEqual(["ann", "bob"]);
});
