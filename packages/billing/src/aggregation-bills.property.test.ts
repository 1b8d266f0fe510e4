import { aggregationNames, type Fact, type Meter, queryUsage } from "@farthing/metering";
import { propertyTimes } from "@farthing/metering/property-times";
import { add, decimal, expectOk, formatDecimal, formatPicos, type Picos, picos, sum, zero } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import { rate } from "@farthing/pricing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { invoiceId } from "./invoice-id.ts";
import { linesOf } from "./lines-of.fixture.ts";
import { listCharges } from "./list-charges.ts";
import type { MicroCharge } from "./micro-charge.ts";
import type { Seal, SealedInvoice } from "./seal.ts";
import { lineKeyText } from "./seal-chain.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  day,
  hour,
  merchant,
  month,
  planOf,
  refOf,
  request,
  requests,
  subscription,
  voiding,
} from "./world.fixture.ts";

const meters: readonly Meter[] = aggregationNames.map((aggregation) => ({
  ...requests,
  key: aggregation,
  aggregation,
  value: aggregation.startsWith("unique") ? "user" : "size",
  ...(aggregation === "unique_count_prorated" ? { operation: "op" } : {}),
  revision: 2,
}));

/** One price a meter, each not linear, so that an order of adding shows. */
const graduated = (meter: string): Plan["prices"][number] => ({
  key: meter,
  model: "graduated",
  meter,
  tiers: [
    { upTo: decimal("2"), unitPrice: decimal("1") },
    { upTo: null, unitPrice: decimal("0.25") },
  ],
});
const basic = planOf("basic", { prices: aggregationNames.map(graduated) });
const daily = planOf("basic", { prices: aggregationNames.map(graduated), interval: "day" });

async function shopWith(plan: Plan, more: Parameters<typeof subscription>[0] = {}): Promise<BillingWorld> {
  const shop = await billingWorld([plan, planOf("other", { prices: plan.prices, interval: plan.interval })]);
  await shop.meters.publishMeters(merchant, { revision: 2, meters });
  await shop.subscriptions.addSubscription(subscription({ start: month(2), interval: plan.interval, ...more }));
  shop.at(month(5));
  return shop;
}

const size = (id: string, time: number, value: number | string, user = "u", op = "add") =>
  request(id, time, { data: { size: value, user, op } });

async function seal(shop: BillingWorld, through: number): Promise<Seal> {
  const made = await shop.seal(through, { id: `st${through}-${(await shop.seals.seals(refOf(ann))).length}` });
  if (made === undefined) throw new Error("nothing was sealed");
  return made;
}

async function chargesOf(shop: BillingWorld, of: Seal, { currency }: SealedInvoice, limit = 500) {
  const id = invoiceId({ customer: ann, seal: of.number, currency });
  const items: MicroCharge[] = [];
  let after: string | undefined;
  do {
    const page = expectOk(await listCharges(shop, { merchant, id, limit, after }));
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

const of = (made: Seal, price: string) => linesOf(made.invoices[0]).filter((line) => line.split(" ")[1] === price);

describe("a weighted sum on a bill", () => {
  test("is carried into the next period, and billed there without any event", async () => {
    const shop = await shopWith(basic);
    await shop.send(size("a", month(2) + 15.5 * day, 2));
    expect(of(await seal(shop, month(3)), "weighted_sum")).toEqual(["usage weighted_sum 1 1"]);
    const april = await seal(shop, month(4));
    expect(of(april, "weighted_sum")).toEqual(["usage weighted_sum 2 2"]);
    const [invoice] = april.invoices;
    if (invoice === undefined) throw new Error("no invoice");
    const own = (await chargesOf(shop, april, invoice)).filter(({ meter }) => meter === "weighted_sum");
    expect(own).toMatchObject([{ kind: "carried", time: "2026-04-01T00:00:00.000Z", quantity: "2", amount: "2" }]);
    expect(invoice.events).toBe(0);
  });

  test("re-rates every period behind a late event, and behind a void", async () => {
    const shop = await shopWith(basic);
    await shop.send(size("a", month(2), 2));
    await seal(shop, month(3));
    await seal(shop, month(4));
    await shop.send(size("late", month(2) + 15.5 * day, -2));
    expect(of(await seal(shop, month(4)), "weighted_sum")).toEqual([
      "adjustment weighted_sum -1 -1",
      "adjustment weighted_sum -2 -2",
    ]);
    await shop.send(voiding("a", month(2)));
    expect(of(await seal(shop, month(4)), "weighted_sum")).toEqual([
      "adjustment weighted_sum -2 -2",
      "adjustment weighted_sum -2 -2",
    ]);
  });

  test("bills a period to its end at once, and gives back what a new subscription takes over", async () => {
    const shop = await shopWith(basic);
    await shop.send(size("a", month(2), 31));
    expect(of(await seal(shop, month(2) + 10 * day), "weighted_sum")).toEqual(["usage weighted_sum 31 9.25"]);
    expect(of(await seal(shop, month(2) + 11 * day), "weighted_sum")).toEqual([]);
    const next = { id: "s2", plan: "other", start: month(2) + 21 * day, flatFrom: month(3), createdAt: month(3) };
    await shop.subscriptions.addSubscription(subscription(next));
    expect(of(await seal(shop, month(3)), "weighted_sum")).toEqual([
      "usage weighted_sum -10 -2.5",
      "usage weighted_sum 10 4",
    ]);
  });

  test("goes on by the definition that its events were billed with", async () => {
    const shop = await shopWith(basic);
    await shop.send(request("a", month(2), { data: { size: 2, other: 5 } }));
    await seal(shop, month(3));
    const changed = meters.map((meter) =>
      meter.key === "weighted_sum" ? { ...meter, value: "other", revision: 3 } : meter,
    );
    await shop.meters.publishMeters(merchant, { revision: 3, meters: changed });
    await shop.send(request("b", month(3), { data: { size: 2, other: 5 } }));
    expect(of(await seal(shop, month(4)), "weighted_sum")).toEqual([
      "usage weighted_sum 2 2",
      "usage weighted_sum 5 2.75",
    ]);
  });
});

describe("an event's charge", () => {
  test.for([
    { price: "max", amounts: ["1", "0", "1.25"], why: "what it raised the largest by" },
    { price: "min", amounts: ["1", "0", "0"], why: "what it lowered the smallest by" },
    { price: "latest", amounts: ["1", "0", "1.25"], why: "what it changed the latest by" },
    { price: "unique_count", amounts: ["1", "1", "0"], why: "one for a value that is new" },
    { price: "average", amounts: ["1", "0", "0.666666666667"], why: "what it moved the average by" },
  ])("of $price is $amounts: $why", async ({ price, amounts }) => {
    const shop = await shopWith(basic);
    const at = month(2) + day;
    await shop.send(size("a", at, 1, "u"), size("b", at + 1, 1, "v"), size("c", at + 2, 3, "u"));
    const made = await seal(shop, month(3));
    const [invoice] = made.invoices;
    if (invoice === undefined) throw new Error("no invoice");
    const own = (await chargesOf(shop, made, invoice)).filter(({ meter }) => meter === price);
    expect(own.map(({ amount }) => amount)).toEqual(amounts);
    const exact = invoice.lines.find(({ meter }) => meter === price)?.exact ?? (0n as Picos);
    expect(formatPicos(sum(own.map(({ amount }) => picos(amount))))).toBe(formatPicos(exact));
  });
});

const facts: fc.Arbitrary<Fact> = fc
  .record({
    isVoid: fc.nat(4).map((n) => n === 0),
    id: fc.constantFrom(..."abcdefghij"),
    days: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 60 })),
    hours: fc.integer({ min: 0, max: 23 }),
    value: fc.constantFrom(1, 3, -2, "0.5", "none"),
    user: fc.constantFrom("u", "v", "w"),
    op: fc.constantFrom("add", "add", "remove"),
  })
  // An identity has one time and content here: copies far apart fall out of bills alone, which other tests hold.
  .map(({ isVoid, id, days, hours, value, user, op }) => {
    const time = month(2) + days * day + hours * hour;
    const name = `${id}${days}${hours}${value}${user}${op}`;
    return isVoid ? voiding(name, time) : size(name, time, value, user, op);
  });

const steps = fc.array(
  fc.tuple(fc.array(facts, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 70 }), fc.boolean()),
  { minLength: 1, maxLength: 4 },
);

type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** Sends and seals in turn, voids some of what was sent, and seals all of it at the end. */
async function chainOf(shop: BillingWorld, all: Steps): Promise<readonly Seal[]> {
  for (const [sent, cut, takesBack] of all) {
    await shop.send(...sent);
    const [first] = sent;
    await seal(shop, month(2) + cut * day);
    if (takesBack && first !== undefined) await shop.send(voiding(first.id, first.time));
  }
  await seal(shop, month(5));
  return await shop.seals.seals(refOf(ann));
}

describe.for([
  { name: "monthly", plan: basic },
  { name: "daily", plan: daily },
])("any $name bill of any aggregation", ({ plan }) => {
  test("comes to what usage says for its periods", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const shop = await shopWith(plan);
        const lines = (await chainOf(shop, all)).flatMap(({ invoices }) => invoices.flatMap((one) => one.lines));
        const newest = new Map(lines.map((line) => [lineKeyText(line.key), line]));
        const ports = { ...shop.rolls, customersOf: async function* () {} };
        for (const { key, meter = "", chargedQuantity = zero, chargedExact } of newest.values()) {
          const range = { from: key.periodFrom, to: key.periodTo, window: "none", timezone: "UTC" } as const;
          const usage = await queryUsage(ports, { merchant, meter, customer: ann, groupBy: [], ...range });
          const value = expectOk(usage).rows[0]?.value ?? zero;
          expect([key.price, formatDecimal(chargedQuantity)]).toEqual([key.price, formatDecimal(value)]);
          const price = plan.prices.find((one) => one.key === key.price);
          if (price?.model === "graduated") expect(chargedExact).toBe(rate(price, value));
        }
        for (const { key, aggregation } of plan === basic ? meters : []) {
          for (const [from, to] of [2, 3, 4].map((at) => [month(at), month(at + 1)] as const)) {
            const range = { from, to, window: "none", timezone: "UTC" } as const;
            const usage = await queryUsage(ports, { merchant, meter: key, customer: ann, groupBy: [], ...range });
            const value = expectOk(usage).rows[0]?.value ?? zero;
            const has = [...newest.values()].some((line) => line.meter === key && line.key.periodFrom === from);
            if (!has) expect([aggregation, from, formatDecimal(value)]).toEqual([aggregation, from, "0"]);
          }
        }
        for (const { key } of meters) {
          const billed = lines.filter(({ meter }) => meter === key).map(({ quantity = zero }) => quantity);
          const inPeriods = [...newest.values()].filter(({ meter }) => meter === key);
          const total = inPeriods.map(({ chargedQuantity = zero }) => chargedQuantity).reduce(add, zero);
          expect(formatDecimal(billed.reduce(add, zero))).toBe(formatDecimal(total));
        }
      }),
      { numRuns: propertyTimes * (plan === daily ? 2 : 5), seed: 5 },
    );
  });

  test("is made of charges that add up to each line, on pages of any size", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 7 }), async (all, limit) => {
        const shop = await shopWith(plan);
        for (const made of await chainOf(shop, all)) {
          for (const invoice of made.invoices) {
            const items = await chargesOf(shop, made, invoice);
            for (const { id, exact, quantity = zero } of invoice.lines) {
              const own = items.filter(({ line }) => line === id);
              expect(formatPicos(sum(own.map(({ amount }) => picos(amount))))).toBe(formatPicos(exact));
              const taken = own.map((item) => decimal(item.quantity)).reduce(add, zero);
              expect(formatDecimal(taken)).toBe(formatDecimal(quantity));
            }
            if (plan === basic) expect(await chargesOf(shop, made, invoice, limit)).toEqual(items);
          }
        }
      }),
      { numRuns: propertyTimes * (plan === daily ? 1 : 3), seed: 6 },
    );
  });
});
