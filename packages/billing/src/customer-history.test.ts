import { currency, expectOk, minus, noMoney, type Picos, picos, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CarryStep, listCarry } from "./carry-history.ts";
import { createCreditNote } from "./create-credit-note.ts";
import { listAdjustments } from "./list-adjustments.ts";
import { numberInvoices } from "./number-invoices.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bob,
  charge,
  day,
  hour,
  merchant,
  month,
  request,
  start,
  subscription,
  voiding,
} from "./world.fixture.ts";

const carryOf = async (shop: BillingWorld, code?: string) => {
  const steps: CarryStep[] = [];
  let after: string | undefined;
  do {
    const page = expectOk(await listCarry(shop, { merchant, id: ann, currency: code, limit: 2, after }));
    steps.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return steps;
};

const refused = { ok: false, error: { code: "not_found" } };

describe("listCarry", () => {
  test("tells every step, page by page, also of a seal that took credit notes alone", async () => {
    const shop = await billingWorld();
    await shop.send(charge("a", start, "1.004"), charge("b", start, "0.3", "JPY"));
    shop.at(start + hour);
    await shop.seal();
    await numberInvoices(shop, merchant, [{ customer: ann, seal: 1, currency: currency("USD") }]);
    const lines = [{ line: "line_1", amount: picos("0.001") }];
    await createCreditNote(shop, { merchant, id: "inv_ann_1_USD", scope: { lines }, reason: "r" });
    shop.at(start + 2 * hour);
    await shop.seal();
    await shop.send(charge("c", start + 2 * hour, "2"));
    shop.at(start + 3 * hour);
    await shop.seal();
    const shown = (await carryOf(shop)).map((step) =>
      [step.seal, step.currency, step.credited, step.carriedIn, step.exact, step.total, step.carriedOut].join(" "),
    );
    expect(shown).toEqual([
      "1 JPY 0 0 0.3 0 0.3",
      "1 USD 0 0 1.004 1.00 0.004",
      "2 USD 0.001 0.003 0 0.00 0.003",
      "3 USD 0 0.003 2 2.00 0.003",
    ]);
    const invoices = (await carryOf(shop, "USD")).map(({ invoice }) => invoice);
    expect(invoices).toEqual(["inv_ann_1_USD", undefined, "inv_ann_3_USD"]);
    expect(await listCarry(shop, { merchant, id: bob, limit: 9 })).toEqual(refused);
  });

  test("adds up from nothing to what is carried now, whatever is charged and credited", async () => {
    const step = fc.record({ amount: fc.bigInt({ min: 1n, max: 2n * 10n ** 12n }), credit: fc.option(fc.nat(3)) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (all) => {
        const shop = await billingWorld();
        for (const [index, { amount, credit }] of all.entries()) {
          const text = `${amount / 10n ** 12n}.${String(amount % 10n ** 12n).padStart(12, "0")}`;
          await shop.send(charge(`e${index}`, start + index, text));
          shop.at(start + hour + index);
          await shop.seal();
          const lines = [{ line: "line_1", amount: 1n as Picos }];
          const id = `inv_ann_${(credit ?? 0) + 1}_USD`;
          if (credit !== null) await createCreditNote(shop, { merchant, id, scope: { lines }, reason: "r" });
        }
        const steps = await carryOf(shop, "USD");
        let carry = noMoney;
        for (const one of steps) {
          expect(picos(one.carriedIn)).toBe(minus(carry, picos(one.credited)));
          expect(sum([picos(one.exact), picos(one.carriedIn)])).toBe(sum([picos(one.total), picos(one.carriedOut)]));
          carry = picos(one.carriedOut);
        }
        const latest = await shop.seals.latestSeal({ merchant, customer: ann });
        expect(carry).toBe(latest?.carries.USD ?? noMoney);
        expect(sum(steps.map(({ exact }) => picos(exact)))).toBe(all.reduce((whole, one) => whole + one.amount, 0n));
      }),
      { seed: 2, numRuns: 20 },
    );
  });
});

describe("listAdjustments", () => {
  test("tells what late and voided events changed, and the invoices that had billed the period", async () => {
    const shop = await billingWorld();
    await shop.subscriptions.addSubscription(subscription());
    await shop.send(request("a", start), request("b", start + hour), request("c", start + day));
    shop.at(month(3));
    await shop.seal();
    await shop.send(request("late", start + 2 * hour));
    shop.at(month(3) + day);
    await shop.seal();
    await shop.send(voiding("b", start));
    shop.at(month(3) + 2 * day);
    await shop.seal();
    const all = expectOk(await listAdjustments(shop, { merchant, id: ann, limit: 9 })).items;
    const period = { from: "2026-03-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" };
    expect(all).toMatchObject([
      {
        invoice: "inv_ann_3_USD",
        quantity: "-1",
        exact: "-0.0004",
        period,
        adjusts: ["inv_ann_1_USD", "inv_ann_2_USD"],
      },
      { invoice: "inv_ann_2_USD", quantity: "1", exact: "0.0004", meter: "requests", adjusts: ["inv_ann_1_USD"] },
    ]);
    const first = expectOk(await listAdjustments(shop, { merchant, id: ann, limit: 1 }));
    expect(first.items).toEqual(all.slice(0, 1));
    const rest = expectOk(await listAdjustments(shop, { merchant, id: ann, limit: 1, after: first.next }));
    expect(rest).toEqual({ items: all.slice(1) });
    expect(await listAdjustments(shop, { merchant, id: bob, limit: 9 })).toEqual(refused);
  });
});
