import { currency, customerId, decimal, expectOk, formatDecimal, formatPicos, picos, sum } from "@farthing/money";
import { CouponBody, putCoupon, putTaxRates, type TaxRatesBody } from "@farthing/pricing";
import { type Grant, listGrantEntries, listGrants, remaining } from "@farthing/wallet";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { applyCoupon, listAppliedCoupons, removeCoupon } from "./apply-coupon.ts";
import { linesOf } from "./lines-of.fixture.ts";
import { renderSeal } from "./render-seal.ts";
import type { Seal } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import { chargesOf } from "./seal-steps.fixture.ts";
import { sealedDrawings } from "./sealed-drawings.ts";
import { termsOfSeal } from "./terms.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  charge,
  day,
  flat,
  merchant,
  month,
  planOf,
  refOf,
  request,
  start,
  subscription,
  voiding,
} from "./world.fixture.ts";

const perRequest = { key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.25") } as const;
const plan = planOf("basic", { prices: [perRequest, flat("2", "in_arrears")] });

async function subscribed() {
  const shop = await billingWorld([plan]);
  await shop.customers.putCustomer({ merchant, id: ann, known: true, createdAt: 0, updatedAt: 0 });
  await shop.subscriptions.addSubscription(subscription());
  return shop;
}

const stores = (shop: BillingWorld) => ({ ...shop, ...shop.terms });
const taxed = (shop: BillingWorld, more: object) =>
  shop.customers.putCustomer({ merchant, id: ann, known: true, createdAt: 0, updatedAt: 0, country: "DE", ...more });

async function give(shop: BillingWorld, key: string, body: Partial<v.InferInput<typeof CouponBody>>) {
  const said = v.parse(CouponBody, { duration: "forever", ...body });
  expectOk(await putCoupon({ texts: shop.terms.texts, clock: shop.clock }, { merchant, key, body: said }));
  return await applyCoupon(stores(shop), { merchant, customer: ann, coupon: key });
}

const vat = (rate: string, more: Partial<TaxRatesBody> = {}) => ({
  rates: [{ name: "VAT", rate: decimal(rate) }],
  ...more,
});
const tax = async (shop: BillingWorld, body: TaxRatesBody) =>
  expectOk(await putTaxRates({ texts: shop.terms.texts, clock: shop.clock }, { merchant, country: "DE", body }));

function grant(id: string, granted: string, more: Partial<Grant> = {}): Grant {
  const covers = more.meter === undefined ? { currency: currency("USD") } : {};
  const common = { merchant, customer: ann, id, granted: decimal(granted), priority: 50, startsAt: start };
  return { ...common, ...covers, createdAt: start, ...more };
}

const requestsAt = (time: number, ...ids: string[]) => ids.map((id) => request(id, time));
const invoiceIn = (seal: Seal | undefined) => seal?.invoices.find((one) => one.currency === "USD");
const shown = (seal: Seal | undefined) =>
  (invoiceIn(seal)?.lines ?? []).map(({ kind, description, exact }) => `${kind} ${description} ${formatPicos(exact)}`);

describe("a seal's terms", () => {
  test("come after its charges: discounts, then credits, then tax on what is left", async () => {
    const shop = await subscribed();
    await tax(shop, vat("0.19"));
    await taxed(shop, {});
    await give(shop, "TEN", { percent: "10" });
    await shop.terms.grants.addGrant(grant("gr_1", "0.5", { name: "Welcome" }));
    await shop.send(...requestsAt(start, "a", "b"));
    const seal = await shop.seal(month(3));
    expect(shown(seal)).toEqual([
      "flat fee in_arrears 2",
      "usage requests 0.5",
      "discount TEN -0.25",
      "credit Welcome -0.5",
      "tax VAT 0.3325",
    ]);
    const invoice = invoiceIn(seal);
    expect(invoice?.lines.at(-1)?.tax).toEqual({
      ...{ name: "VAT", rate: "0.19", kind: "exclusive" },
      base: picos("1.75"),
      amount: picos("0.3325"),
    });
    expect(sum(invoice?.lines.map(({ exact }) => exact) ?? [])).toBe(invoice?.exact);
    expect(formatPicos(invoice?.total ?? picos("0"))).toBe("2.08");
  });

  test("leave the micro-charges adding up to the metered lines", async () => {
    const shop = await subscribed();
    await give(shop, "TEN", { percent: "10" });
    await shop.terms.grants.addGrant(grant("gr_1", "0.3"));
    await shop.send(...requestsAt(start, "a", "b"), charge("c", start, "1.5"));
    const seal = await shop.seal(month(3));
    if (seal === undefined) throw new Error("nothing was sealed");
    const metered = invoiceIn(seal)?.lines.filter(({ meter }) => meter !== undefined) ?? [];
    expect(shown(seal)).toContain("credit gr_1 -0.3");
    expect(sum((await chargesOf(shop, seal)).map(({ amount }) => picos(amount)))).toBe(
      sum(metered.map(({ exact }) => exact)),
    );
  });

  test("are absent from the seal of a customer who has none", async () => {
    const shop = await subscribed();
    await shop.send(...requestsAt(start, "a"));
    expect(await shop.seal(month(3))).not.toHaveProperty("terms");
  });

  test("reach back to what of a running period was billed without them, and give it back when they end", async () => {
    const shop = await subscribed();
    await shop.send(...requestsAt(start, "a", "b", "c", "d"));
    await shop.seal(start + day, { id: "one" });
    shop.at(start + 2 * day);
    await give(shop, "HALF", { percent: "50" });
    expect(shown(await shop.seal(start + 2 * day, { id: "two" }))).toEqual(["discount HALF -0.5"]);
    shop.at(start + 3 * day);
    expectOk(await removeCoupon(stores(shop), { merchant, customer: ann, coupon: "HALF" }));
    expect(shown(await shop.seal(start + 3 * day, { id: "three" }))).toEqual(["discount HALF 0.5"]);
    expect(await shop.seal(start + 4 * day, { id: "four" })).toMatchObject({ invoices: [] });
  });

  test("are worked out anew with their period by late and voided facts", async () => {
    const shop = await subscribed();
    await give(shop, "TEN", { percent: "10" });
    await shop.terms.grants.addGrant(grant("gr_1", "1.5", { scope: { meters: ["requests"] } }));
    await shop.send(...requestsAt(start, "a", "b"));
    shop.at(month(3) + day);
    await shop.seal(month(3), { id: "one" });
    await shop.send(...requestsAt(start + day, "late", "late2"), voiding("a", start));
    const seal = await shop.seal(month(3), { id: "two" });
    expect(shown(seal)).toEqual(["adjustment requests 0.25", "discount TEN -0.025", "credit gr_1 -0.225"]);
    await shop.send(voiding("b", start), voiding("late", start));
    expect(shown(await shop.seal(month(3), { id: "three" }))).toEqual([
      "adjustment requests -0.5",
      "discount TEN 0.05",
      "credit gr_1 0.45",
    ]);
    const entries = expectOk(
      await listGrantEntries(
        { grants: shop.terms.grants, drawings: sealedDrawings(shop.seals) },
        { ...refOf(ann), id: "gr_1", limit: 9 },
      ),
    );
    expect(
      entries.items.map(({ kind, amount, running, line, description }) => [kind, amount, running, line, description]),
    ).toEqual([
      ["grant", "1.5", "1.5", undefined, undefined],
      ["draw", "-0.45", "1.05", "line_4", "requests"],
      ["draw", "-0.225", "0.825", "line_3", "requests"],
      ["give_back", "0.45", "1.275", "line_3", "requests"],
    ]);
  });

  test("cover units of a meter at the line's average price, however many seals bill it", async () => {
    const shop = await subscribed();
    await shop.terms.grants.addGrant(grant("gr_u", "3", { meter: "requests" }));
    await shop.send(...requestsAt(start, "a", "b"));
    const one = await shop.seal(start + day, { id: "one" });
    expect(shown(one)).toEqual(["usage requests 0.5", "credit gr_u -0.5"]);
    shop.at(start + 2 * day);
    await shop.send(...requestsAt(start + day, "c", "d"));
    const two = await shop.seal(month(3), { id: "two" });
    expect(shown(two)).toEqual(["flat fee in_arrears 2", "usage requests 0.5", "credit gr_u -0.25"]);
    const state = two?.terms?.grants.gr_u;
    expect(formatDecimal(state?.used ?? decimal("0"))).toBe("3");
  });

  test("lapse and roll over when the periods that a grant covers are over", async () => {
    const shop = await subscribed();
    const rollOver = { maximum: decimal("1"), until: month(4) };
    const standing = grant("gr_1", "5", { expiresAt: month(2) + 20 * day, rollOver });
    await shop.terms.grants.addGrant(standing);
    await shop.send(...requestsAt(start, "a", "b"));
    const running = await shop.seal(month(2) + 25 * day, { id: "one" });
    expect(running?.terms?.grants.gr_1?.stage).toBe("standing");
    shop.at(month(3) + day);
    await shop.send(...requestsAt(month(3) + 1, "c", "d", "e", "f", "g", "h"));
    expect((await shop.seal(month(3), { id: "two" }))?.terms?.grants.gr_1?.stage).toBe("rolled");
    const three = await shop.seal(month(3) + day, { id: "three" });
    expect(shown(three)).toEqual(["usage requests 1.5", "credit gr_1 -1"]);
    shop.at(month(4) + day);
    // The fee of the same period comes before its requests, and is covered in their place.
    const four = await shop.seal(month(4), { id: "four" });
    const entries = expectOk(
      await listGrantEntries(
        { grants: shop.terms.grants, drawings: sealedDrawings(shop.seals) },
        { ...refOf(ann), id: "gr_1", limit: 20 },
      ),
    ).items.map(({ kind, amount, running: so }) => `${kind} ${amount} ${so}`);
    expect(entries).toEqual([
      "grant 5 5",
      "draw -0.5 4.5",
      "draw -2 2.5",
      "expiry -2.5 0",
      "roll_over 1 1",
      "draw -1 0",
      "give_back 1 1",
      "draw -1 0",
    ]);
    expect(four?.terms?.grants.gr_1?.stage).toBe("over");
    const listed = expectOk(
      await listGrants(
        { grants: shop.terms.grants, drawings: sealedDrawings(shop.seals) },
        { ...refOf(ann), limit: 9 },
      ),
    );
    expect(listed.items).toMatchObject([{ id: "gr_1", status: "over", remaining: "0" }]);
  });

  test("tax direct charges and fees of every currency, each by its meter's rate", async () => {
    const shop = await subscribed();
    const reduced = { name: "Reduced", rate: decimal("0.07"), meters: ["requests"] };
    await tax(shop, { rates: [reduced, { name: "VAT", rate: decimal("0.19") }] });
    await taxed(shop, {});
    await shop.send(
      ...requestsAt(start, "a", "b", "c", "d"),
      charge("e", start, "100", "JPY"),
      charge("f", start, "1"),
    );
    const seal = await shop.seal(month(3));
    expect(shown(seal).slice(3)).toEqual(["tax Reduced 0.07", "tax VAT 0.57"]);
    expect(linesOf(seal?.invoices.find((one) => one.currency === "JPY"))[1]).toMatch(/^tax .* 19$/);
  });

  test.for<[string, object, object, string[]]>([
    ["a rate within the price", {}, { inclusive: true }, ["tax VAT 0 base 2.100840336134 tax 0.399159663866"]],
    ["a buyer who accounts for it", { taxStatus: "reverse_charge" }, {}, ["tax VAT 0 base 2.5 tax 0"]],
    ["a buyer who is exempt", { taxStatus: "exempt" }, {}, ["tax VAT 0 base 2.5 tax 0"]],
    ["a rate of the buyer's own", { taxRate: "0.5" }, {}, ["tax Tax 1.25 base 2.5 tax 1.25"]],
    ["a country without rates", { country: "FR" }, {}, []],
  ])("tax by %s", async ([, profile, more, lines]) => {
    const shop = await subscribed();
    await tax(shop, vat("0.19", more));
    await taxed(shop, profile);
    await shop.send(...requestsAt(start, "a", "b"));
    const found = invoiceIn(await shop.seal(month(3)))?.lines.filter(({ kind }) => kind === "tax") ?? [];
    expect(
      found.map(
        ({ description, exact, tax: one }) =>
          `tax ${description} ${formatPicos(exact)} base ${formatPicos(one?.base ?? picos("0"))} tax ${formatPicos(one?.amount ?? picos("0"))}`,
      ),
    ).toEqual(lines);
  });

  test("keep the tax that a charge was first billed with, whatever the rates become", async () => {
    const shop = await subscribed();
    await tax(shop, vat("0.19"));
    await taxed(shop, {});
    await shop.send(...requestsAt(start, "a", "b", "c", "d"));
    shop.at(month(3) + day);
    await shop.seal(month(3), { id: "one" });
    await tax(shop, vat("0.5"));
    await shop.send(voiding("a", start), ...requestsAt(month(3) + 1, "e"));
    expect(shown(await shop.seal(month(3) + day, { id: "two" }))).toEqual([
      "adjustment requests -0.25",
      "usage requests 0.25",
      "tax VAT -0.0475",
      "tax VAT 0.125",
    ]);
  });

  test("are rendered again to the same, whatever was changed, given and taken since", async () => {
    const shop = await subscribed();
    await tax(shop, vat("0.19"));
    await taxed(shop, {});
    await give(shop, "TEN", { percent: "10", duration: "once" });
    await shop.terms.grants.addGrant(grant("gr_1", "0.3"));
    await shop.send(...requestsAt(start, "a", "b"));
    const one = await shop.seal(start + day, { id: "one" });
    shop.at(start + 2 * day);
    await removeCoupon(stores(shop), { merchant, customer: ann, coupon: "TEN" });
    await give(shop, "FIVE", { amount: "5", currency: "USD" });
    await shop.terms.grants.addGrant(grant("gr_2", "7"));
    await tax(shop, vat("0.5"));
    await taxed(shop, { taxStatus: "exempt" });
    const two = await shop.seal(month(3), { id: "two" });
    const subscriptions = await shop.subscriptions.subscriptionsOf(merchant, ann);
    for (const [seal, before] of [
      [one, undefined],
      [two, one],
    ]) {
      if (seal === undefined) throw new Error("nothing was sealed");
      const chain = new SealChain(shop.seals, seal.customer, before);
      const terms = await termsOfSeal(shop.terms, seal);
      expect(await renderSeal(shop, { ...seal, terms, chain, next: seal.frontier, subscriptions })).toEqual(seal);
    }
  });

  test("never ask an outside engine again for what it answered", async () => {
    const shop = await subscribed();
    const asked: string[] = [];
    const treatment = { name: "Outside", rate: "0.1", kind: "exclusive" } as const;
    const taxes = {
      profileOf: async () => ({ rules: [{ treatment }] }),
      taxOn: async (_: unknown, totals: readonly { readonly charged: bigint }[]) => {
        asked.push(...totals.map(({ charged }) => formatPicos(charged as never)));
        return totals.map(() => picos("0.33"));
      },
    };
    const outside: BillingWorld = { ...shop, terms: { ...shop.terms, taxes } as never };
    await shop.send(...requestsAt(start, "a"));
    Object.assign(shop.terms, { taxes });
    const seal = await outside.seal(month(3));
    expect([shown(seal).at(-1), asked]).toEqual(["tax Outside 0.33", ["2.25"]]);
    if (seal === undefined) throw new Error("nothing was sealed");
    const terms = await termsOfSeal(shop.terms, seal);
    const subscriptions = await shop.subscriptions.subscriptionsOf(merchant, ann);
    const chain = new SealChain(shop.seals, seal.customer, undefined);
    expect(await renderSeal(shop, { ...seal, terms, chain, next: seal.frontier, subscriptions })).toEqual(seal);
    expect(asked).toHaveLength(1);
  });
});

describe("applyCoupon", () => {
  const ask = (shop: BillingWorld, coupon: string, customer = ann) =>
    applyCoupon(stores(shop), { merchant, customer, coupon });

  test("gives a coupon once, in the version that was the newest", async () => {
    const shop = await subscribed();
    const first = expectOk(await give(shop, "TEN", { percent: "10" }));
    shop.at(start + day);
    expect(expectOk(await give(shop, "TEN", { percent: "20" }))).toEqual(first);
    expect(first).toMatchObject({ coupon: "TEN", version: 1, start: new Date(start).toISOString() });
    const listed = expectOk(await listAppliedCoupons(stores(shop), { merchant, customer: ann, limit: 5 }));
    expect(listed).toEqual({ items: [first] });
  });

  test("refuses in the order of its errors", async () => {
    const shop = await subscribed();
    const code = async (answer: ReturnType<typeof ask>) => ((await answer) as { error?: { code: string } }).error?.code;
    const eve = customerId("eve");
    expect(await code(ask(shop, "NONE", eve))).toBe("unknown_customer");
    expect(await code(ask(shop, "NONE"))).toBe("unknown_coupon");
    const redeemBy = new Date(start + day).toISOString();
    await give(shop, "SHORT", { percent: "10", redeemBy });
    await shop.customers.putCustomer({ merchant, id: eve, known: true, createdAt: 0, updatedAt: 0 });
    shop.at(start + day);
    expect(await code(ask(shop, "SHORT", eve))).toBe("coupon_expired");
    expect(await code(ask(shop, "SHORT"))).toBeUndefined();
    await give(shop, "FEW", { percent: "10", maxRedemptions: 1 });
    expect(await code(ask(shop, "FEW", eve))).toBe("coupon_exhausted");
    await removeCoupon(stores(shop), { merchant, customer: ann, coupon: "FEW" });
    expect(await code(ask(shop, "FEW"))).toBe("coupon_used");
    expect(await code(removeCoupon(stores(shop), { merchant, customer: ann, coupon: "NONE" }) as never)).toBe(
      "not_found",
    );
  });
});

test("remaining is what nothing drew", () => {
  expect(remaining(grant("g", "5"), { used: decimal("2"), usedRolled: decimal("0"), stage: "standing" })).toEqual(
    decimal("3"),
  );
});
