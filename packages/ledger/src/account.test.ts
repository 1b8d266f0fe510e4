import { currency } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { account, accountId, accountTypes, chart, parseAccountId, partyId } from "./account.ts";

describe("parseAccountId", () => {
  test.for(accountTypes)("reads %s as it is written, whole and of a party", (type) => {
    const whole = { type, currency: currency("USD") };
    expect(parseAccountId(accountId(whole))).toEqual(whole);
    const share = { ...whole, party: partyId("a:b@c-d.e_f") };
    expect(accountId(share)).toBe(`${type}:USD:a:b@c-d.e_f`);
    expect(parseAccountId(accountId(share))).toEqual(share);
  });

  test.for([
    { id: "", why: "nothing" },
    { id: "receivable", why: "no currency" },
    { id: "receivable:", why: "an empty currency" },
    { id: "receivable:usd", why: "a currency in small letters" },
    { id: "receivable:XXX", why: "no currency of ISO 4217" },
    { id: "receivable:USD:", why: "an empty party" },
    { id: "receivable:USD:a b", why: "a space in the party" },
    { id: "receivable:USD:a#b", why: "a separator of keys in the party" },
    { id: `receivable:USD:${"a".repeat(129)}`, why: "a party of 129 characters" },
    { id: "Receivable:USD", why: "another case" },
    { id: "constructor:USD", why: "a name that every object has" },
    { id: "cash:USD", why: "an account that the chart has not" },
  ])("takes $why for no account", ({ id }) => {
    expect(parseAccountId(id)).toBeUndefined();
    expect(() => account(id)).toThrow("not an account");
  });
});

test("the chart is in order, and debits grow what is owned and spent", () => {
  expect(accountTypes).toEqual([...accountTypes].sort());
  for (const { grows, group } of Object.values(chart))
    expect(grows).toBe(["liabilities", "revenues"].includes(group) ? "credit" : "debit");
});

test("a party's id is an id", () => expect(() => partyId("a b")).toThrow("not a party's id"));
