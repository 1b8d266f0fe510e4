import { decimal, noMoney, picos, picosFrom, roundToMinor, sum } from "@farthing/money";
import type { CollectPolicy } from "@farthing/pricing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asksFor, type Balance, type CollectTerms, policyFrom } from "./collect-rule.ts";
import { planSettlements } from "./create-settlement.ts";
import { rollEverything } from "./run-settlement.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  charge,
  day,
  hour,
  merchant,
  minute,
  month,
  planOf,
  refOf,
  start,
  subscription,
} from "./world.fixture.ts";

describe("asksFor", () => {
  const ten: Balance = { due: picos("10"), since: undefined, cut: month(3), isPeriodEnd: true };
  test.for<{ policy: CollectTerms | undefined; more?: Partial<Balance>; asks: boolean; why: string }>([
    { policy: undefined, more: { isPeriodEnd: false }, asks: true, why: "no policy asks at every seal" },
    { policy: {}, asks: false, why: "one that names nothing never asks" },
    { policy: { atAmount: "10" }, asks: true, why: "the amount itself" },
    { policy: { atAmount: "10.000000000001" }, asks: false, why: "just below the amount" },
    { policy: { withinPeriodAt: "10" }, asks: true, why: "the amount within a period" },
    { policy: { withinPeriodAt: "11", atAmount: "9" }, asks: true, why: "either amount" },
    { policy: { atPeriodEnd: true }, asks: true, why: "the period's end" },
    { policy: { atPeriodEnd: true }, more: { isPeriodEnd: false }, asks: false, why: "not within a period" },
    { policy: { atPeriodEnd: false }, asks: false, why: "not at its end where it says so" },
    { policy: { afterDays: 30 }, asks: false, why: "all of it is new" },
    { policy: { afterDays: 30 }, more: { since: month(3) - 30 * day }, asks: true, why: "its oldest part has the age" },
    { policy: { afterDays: 30 }, more: { since: month(3) - 30 * day + 1 }, asks: false, why: "a moment younger" },
  ])("is $asks of $policy: $why", ({ policy, more, asks }) => {
    const known = policy === undefined ? undefined : policyFrom(policy);
    expect(asksFor(known, { ...ten, ...more })).toBe(asks);
  });
});

/** A customer of a plan whose periods are months. */
async function shopWith(collect: CollectPolicy, more: object = {}) {
  const shop = await billingWorld([planOf("basic", { collect, ...more })]);
  await shop.subscriptions.addSubscription(subscription());
  await shop.customers.noteCustomer({ merchant, id: ann, known: true, createdAt: start, updatedAt: start }, start);
  return shop;
}

async function hourly(shop: BillingWorld, time: number) {
  shop.at(time);
  await planSettlements(shop);
  await shop.drain();
}

const invoicesOf = async (shop: BillingWorld) =>
  (await shop.seals.seals(refOf(ann))).flatMap(({ frontier, invoices }) =>
    invoices.map(({ status, total }) => ({ cut: frontier.cut, status, total })),
  );

describe("billing within a period", () => {
  test("bills what ran up as soon as it reaches the amount, and the rest at the period's end", async () => {
    const shop = await shopWith({ withinPeriodAt: decimal("10"), atPeriodEnd: true });
    await hourly(shop, start + hour + 10 * minute);
    await shop.send(charge("a", start + hour, "4"));
    await hourly(shop, start + 2 * hour + 10 * minute);
    expect(await invoicesOf(shop)).toEqual([]);
    await shop.send(charge("b", start + 2 * hour, "6.5"));
    const reached = start + 3 * hour + 10 * minute;
    await hourly(shop, reached);
    expect(await invoicesOf(shop)).toEqual([{ cut: reached, status: "sealed", total: picos("10.5") }]);
    await shop.send(charge("c", reached, "3"));
    await hourly(shop, reached + hour);
    expect(await invoicesOf(shop)).toHaveLength(1);
    await hourly(shop, month(3) + 10 * minute);
    expect(await invoicesOf(shop)).toEqual([
      { cut: reached, status: "sealed", total: picos("10.5") },
      { cut: month(3), status: "sealed", total: picos("3") },
    ]);
  });

  test("seals the same customers when a chunk is taken again, whatever came since", async () => {
    const shop = await shopWith({ withinPeriodAt: decimal("10") });
    await hourly(shop, start + hour + 10 * minute);
    await shop.send(charge("a", start + hour, "4"));
    shop.at(start + 2 * hour + 10 * minute);
    await planSettlements(shop);
    await shop.drain();
    const id = "st_2026030212";
    expect(await shop.settlements.settlement(merchant, id)).toMatchObject({ status: "done", invoiceCount: 0 });
    await shop.send(charge("b", start + hour, "9"));
    await rollEverything(shop.rolls, merchant, 0);
    await shop.queue.askToSettle(merchant, id, 0);
    await shop.drain();
    expect(await invoicesOf(shop)).toEqual([]);
    await hourly(shop, start + 3 * hour + 10 * minute);
    expect(await invoicesOf(shop)).toMatchObject([{ total: picos("13") }]);
  });

  test("leaves a customer that is not billed so alone until its period is over", async () => {
    const shop = await shopWith({ atPeriodEnd: true });
    await shop.customers.setDue(merchant, [{ customer: ann, dueAt: month(3) }]);
    await shop.send(charge("a", start, "400"));
    await hourly(shop, start + 3 * hour);
    expect(await shop.seals.latestSeal(refOf(ann))).toBeUndefined();
  });
});

describe("a policy", () => {
  test("of the customer goes before its plan's, and its seal records it", async () => {
    const shop = await shopWith({ atAmount: decimal("1") });
    const profile = { merchant, id: ann, known: true, createdAt: start, updatedAt: start };
    await shop.customers.putCustomer({ ...profile, collect: { atAmount: "100" } });
    await shop.send(charge("a", start, "5"));
    shop.at(start + hour);
    const seal = await shop.seal();
    expect(seal).toMatchObject({ collect: { atAmount: "100" }, since: { USD: start + hour } });
    expect(seal?.invoices).toMatchObject([{ status: "carried" }]);
  });

  test("rules its plan's currency alone", async () => {
    const shop = await shopWith({ atAmount: decimal("100") });
    await shop.send(charge("a", start, "5"), charge("b", start, "500", "JPY"), charge("c", start, "5", "EUR"));
    shop.at(start + hour);
    expect((await shop.seal())?.invoices).toMatchObject([
      { currency: "EUR", status: "sealed" },
      { currency: "JPY", status: "sealed" },
      { currency: "USD", status: "carried" },
    ]);
  });

  test("asks for what has the age also where nothing is billed beside it", async () => {
    const shop = await shopWith({ afterDays: 40 });
    await shop.send(charge("a", start, "5"));
    for (const end of [month(3), month(4), month(5)]) {
      shop.at(end);
      await shop.seal(end);
    }
    expect(await invoicesOf(shop)).toEqual([
      { cut: month(3), status: "carried", total: noMoney },
      { cut: month(5), status: "sealed", total: picos("5") },
    ]);
    expect(await shop.seals.latestSeal(refOf(ann))).not.toHaveProperty("since");
  });

  test("never asks below the plan's least invoice", async () => {
    const shop = await shopWith({ atPeriodEnd: true }, { minimumInvoice: decimal("6") });
    await shop.send(charge("a", start, "5"));
    shop.at(month(3));
    expect((await shop.seal(month(3)))?.invoices).toMatchObject([{ status: "carried" }]);
  });

  const policies = fc.record(
    {
      atAmount: fc.constantFrom("0.5", "3", "20"),
      afterDays: fc.constantFrom(1, 10, 45),
      atPeriodEnd: fc.boolean(),
      withinPeriodAt: fc.constantFrom("1", "5"),
    },
    { requiredKeys: [] },
  );
  const days = fc.array(fc.record({ amount: fc.bigInt({ min: 0n, max: 4n * 10n ** 12n }), after: fc.nat(25) }), {
    minLength: 1,
    maxLength: 8,
  });

  test("of any kind loses nothing: Σ totals + carry = Σ exact, and it asks when plain words say so", async () => {
    await fc.assert(
      fc.asyncProperty(policies, days, async (terms, all) => {
        const shop = await shopWith(policyFrom(terms));
        let [cut, carry, since] = [start, 0n, undefined as number | undefined];
        let charged = 0n;
        for (const [index, { amount, after }] of all.entries()) {
          const text = `${amount / 10n ** 12n}.${String(amount % 10n ** 12n).padStart(12, "0")}`;
          await shop.send(charge(`e${index}`, cut, text));
          charged += amount;
          cut += after * day + hour;
          shop.at(cut);
          const seal = (await shop.seal(cut)) ?? expect.fail("no seal");
          const invoice = seal.invoices.find(({ currency }) => currency === "USD");
          const due = roundToMinor(sum([picos(text), picosFrom(carry)]), shopCurrency);
          const amounts = [terms.atAmount, terms.withinPeriodAt].filter((one) => one !== undefined);
          const isOld = terms.afterDays !== undefined && since !== undefined && cut - since >= terms.afterDays * day;
          const asks = due > 0n && (amounts.some((one) => due >= picos(one)) || isOld);
          expect(invoice?.status === "sealed").toBe(asks);
          carry += amount - (asks ? due : 0n);
          since = asks || carry <= 0n ? undefined : (since ?? (invoice === undefined ? undefined : cut));
          expect(seal.carries.USD ?? noMoney).toBe(carry);
        }
        const seals = await shop.seals.seals(refOf(ann));
        const totals = sum(seals.flatMap(({ invoices }) => invoices.map(({ total }) => total)));
        expect(totals + carry).toBe(charged);
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});

const shopCurrency = planOf("basic").currency;
