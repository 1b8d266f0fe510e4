import { currency, expectOk, formatPicos, picos, picosFrom } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policyTable } from "./policy-table.ts";
import { readPolicy, usualPolicies } from "./policy-text.ts";
import { readHistory } from "./read-history.ts";
import { type BilledStep, simulatePolicy } from "./simulate-policy.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const card = { method: "card", currency: currency("USD"), percent: "2.9", fixed: "0.30" };

/** A customer who is billed 1.00 a day, from the end of the first day on. */
const daily = (days: number): readonly BilledStep[] =>
  Array.from({ length: days }, (_, at) => ({ customer: "ann", cut: start + (at + 1) * day, exact: picos("1") }));

describe("simulatePolicy", () => {
  test.for([
    { policy: "every", invoices: 60, invoiced: "60", fees: "19.8", share: 3300n, end: "0" },
    { policy: "at=10", invoices: 6, invoiced: "60", fees: "3.54", share: 590n, end: "0" },
    { policy: "at=25", invoices: 2, invoiced: "50", fees: "2.04", share: 408n, end: "10" },
    { policy: "after=30", invoices: 1, invoiced: "31", fees: "1.2", share: 387n, end: "29" },
    { policy: "end=month", invoices: 2, invoiced: "59", fees: "2.31", share: 392n, end: "1" },
    { policy: "at=25,end=month", invoices: 4, invoiced: "59", fees: "2.9", share: 492n, end: "1" },
  ])("$policy makes $invoices invoices of $invoiced at $fees", ({ policy, end, ...expected }) => {
    const outcome = simulatePolicy(daily(60), expectOk(readPolicy(policy)), card);
    const { invoices, invoiced, fees, share, outstanding } = outcome;
    const shown = { invoices, invoiced: formatPicos(invoiced), fees: formatPicos(fees), share };
    expect(shown).toEqual(expected);
    expect(formatPicos(outstanding)).toBe(end);
  });

  test("weighs what is outstanding by how long it is", () => {
    const steps = [
      { customer: "ann", cut: start, exact: picos("4") },
      { customer: "bob", cut: start + 3 * day, exact: picos("20") },
      { customer: "ann", cut: start + 4 * day, exact: picos("8") },
    ];
    const outcome = simulatePolicy(steps, expectOk(readPolicy("at=10")), card);
    // Ann's 4 wait for four days of four; bob's 20 and her 12 are asked for at once.
    expect(formatPicos(outcome.meanOutstanding)).toBe("4");
  });

  test("loses nothing under any policy: invoiced + outstanding = what was billed", () => {
    const steps = fc.array(
      fc.record({
        customer: fc.constantFrom("a", "b"),
        cut: fc.nat(90).map((at) => start + at * day),
        exact: fc.bigInt({ min: -(10n ** 11n), max: 10n ** 13n }).map(picosFrom),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(steps, fc.constantFrom(...usualPolicies), (all, policy) => {
        const { invoiced, outstanding } = simulatePolicy(all, expectOk(readPolicy(policy)), card);
        expect(invoiced + outstanding).toBe(all.reduce((whole, { exact }) => whole + exact, 0n));
      }),
      { seed: 6 },
    );
  });
});

describe("readPolicy", () => {
  test.for(["", "at", "at=x", "after=0", "end=year", "at=1;after=2", "never"])("refuses %j", (text) => {
    expect(readPolicy(text)).toMatchObject({ ok: false, error: { code: "invalid_policy" } });
  });
});

test("a history is read through the API, and set as a table, cheapest first", async () => {
  const period = (to: number) => ({ from: "", to: new Date(to).toISOString() });
  const invoices = daily(20).map(({ customer, cut }) => ({
    customer,
    currency: "USD",
    period: period(cut),
    exact: "1",
  }));
  const client = {
    invoices: {
      each: async function* () {
        yield* invoices;
      },
    },
    merchant: { get: async () => ({ fees: [card] }) },
  };
  const [usd] = await readHistory(client as never);
  if (usd?.fee === undefined) expect.fail("no history");
  const fee = usd.fee;
  const outcomes = ["at=99", "every", "at=10"].map((text) =>
    simulatePolicy(usd.steps, expectOk(readPolicy(text)), fee),
  );
  expect(policyTable(usd.currency, fee, outcomes)).toBe(
    [
      "USD, collected by card at 2.9 % + 0.30",
      "policy  invoices  invoiced  fees  fee share  outstanding, mean  outstanding, end",
      "at=10          2     20.00  1.18     5.90 %               4.74              0.00",
      "every         20     20.00  6.60    33.00 %               0.00              0.00",
      "at=99          0      0.00  0.00       none              10.00             20.00",
      "",
    ].join("\n"),
  );
});
