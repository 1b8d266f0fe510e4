import type { Fact, Meter } from "@farthing/metering";
import { aggregationNames } from "@farthing/metering";
import { propertyTimes } from "@farthing/metering/property-times";
import { decimal, expectOk, formatPicos, noMoney, type Picos, picos, sum } from "@farthing/money";
import type { Price } from "@farthing/pricing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carryAmountOf } from "./assemble-invoice.ts";
import { rollEverything } from "./run-settlement.ts";
import type { Seal } from "./seal.ts";
import { chargesOf } from "./seal-steps.fixture.ts";
import { simulatePlan } from "./simulate-plan.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  charge,
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
  groupBy: ["region"],
  revision: 2,
}));
const meterKey = fc.constantFrom<string>(...aggregationNames);

/** A price of up to 12 decimals. */
const price = fc
  .tuple(fc.nat(99_999), fc.integer({ min: 0, max: 12 }))
  .map(([digits, scale]) => decimal(`${digits}e-${scale}`));
const quantity = fc.constantFrom("0.5", "1", "2.25", "7", "1000").map(decimal);
/** Tiers up to some bounds, the last one open. */
const tiersOf = <Tier extends object>(tier: fc.Arbitrary<Tier>) =>
  fc
    .tuple(fc.subarray(["1", "2.5", "10"]), fc.array(tier, { minLength: 4, maxLength: 4 }))
    .map(([bounds, all]) =>
      [...bounds.map(decimal), null].map((upTo, at) => ({ ...(all[at] ?? expect.fail()), upTo })),
    );
const optional = <T extends object>(more: fc.Arbitrary<T>) => fc.oneof(fc.constant({}), more);
const terms = optional(
  fc.oneof(
    quantity.map((freeUnits) => ({ freeUnits })),
    price.map((maximum) => ({ maximum })),
    fc.constant({ discount: decimal("0.125") }),
    quantity.map((by) => ({ convert: { by, op: "divide" as const, round: "up" as const } })),
  ),
);
const allowance = optional(fc.constantFrom({ freeUnits: decimal("2") }, { freeAmount: decimal("3.5") }));

const unitTiers = fc.tuple(meterKey, tiersOf(fc.record({ unitPrice: price, flat: price })), terms);

/** A price of any model on a meter of any aggregation. */
const prices: fc.Arbitrary<Price> = fc.oneof(
  fc
    .tuple(meterKey, price, terms)
    .map(([meter, unitPrice, more]): Price => ({ key: "p", model: "per_unit", meter, unitPrice, ...more })),
  unitTiers.map(([meter, tiers, more]): Price => ({ key: "p", model: "graduated", meter, tiers, ...more })),
  unitTiers.map(([meter, tiers, more]): Price => ({ key: "p", model: "volume", meter, tiers, ...more })),
  fc
    .tuple(meterKey, quantity, price)
    .map(([meter, size, amount]): Price => ({ key: "p", model: "package", meter, size, amount })),
  fc
    .tuple(fc.constantFrom("count", "sum"), price, price, allowance)
    .map(([meter, rate, fixed, free]): Price => ({ key: "p", model: "percentage", meter, rate, fixed, ...free })),
  fc
    .tuple(meterKey, tiersOf(fc.record({ rate: price, fixed: price })))
    .map(([meter, tiers]): Price => ({ key: "p", model: "graduated_percentage", meter, tiers })),
  fc
    .tuple(meterKey, tiersOf(fc.record({ amount: price })))
    .map(([meter, tiers]): Price => ({ key: "p", model: "capacity", meter, tiers })),
  fc.tuple(meterKey, price, price).map(
    ([meter, unitPrice, otherwise]): Price => ({
      key: "p",
      model: "matrix",
      meter,
      dimensions: ["region"],
      cells: [{ match: { region: "eu" }, unitPrice }],
      otherwise,
    }),
  ),
  fc.tuple(meterKey, price).map(([meter, multiplier]): Price => ({ key: "p", model: "dynamic", meter, multiplier })),
  price.map((amount): Price => ({ key: "p", model: "flat", amount, timing: "in_arrears" })),
);
const plans = fc
  .array(prices, { minLength: 1, maxLength: 5 })
  .map((all) => all.map((one, at) => ({ ...one, key: `p${at}` })));

/** Events over three months, each with an id of its own; voids name some of them. */
const facts: fc.Arbitrary<readonly Fact[]> = fc
  .array(
    fc.record({
      days: fc.integer({ min: 0, max: 91 }),
      hours: fc.integer({ min: 0, max: 23 }),
      size: fc.constantFrom(1, 3, -2, "0.5", "7.000000000001", "none"),
      user: fc.constantFrom("u", "v", "w"),
      region: fc.constantFrom("eu", "us"),
      what: fc.constantFrom("kept", "kept", "kept", "voided", "charge"),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((all) =>
    all.flatMap(({ days, hours, size, user, region, what }, at): Fact[] => {
      const time = month(2) + days * day + hours * hour;
      if (what === "charge") return [charge(`c${at}`, time, "0.000000000007")];
      const sent = request(`e${at}`, time, { data: { size, user, region } });
      return what === "voided" ? [sent, voiding(`e${at}`, time)] : [sent];
    }),
  );

async function shopWith(all: readonly Price[]): Promise<BillingWorld> {
  const shop = await billingWorld([planOf("basic", { prices: all })]);
  await shop.meters.publishMeters(merchant, { revision: 2, meters });
  await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
  shop.at(month(5) + day);
  return shop;
}

/** Sends some facts before each of three months is sealed, and the rest before a last seal. */
async function quarter(shop: BillingWorld, sent: readonly Fact[], batch: number): Promise<readonly Seal[]> {
  for (const [at, through] of [month(3), month(4), month(5), month(5) + hour].entries()) {
    const due = sent.filter((_, index) => index % 4 === at);
    for (let start = 0; start < due.length; start += batch) {
      await shop.send(...due.slice(start, start + batch));
      if (batch < due.length) await rollEverything(shop.rolls, merchant, 0);
    }
    await shop.seal(through, { id: `st${at}` });
  }
  return await shop.seals.seals(refOf(ann));
}

const amountsOf = (all: readonly { readonly exact: Picos }[]) => formatPicos(sum(all.map(({ exact }) => exact)));

describe("of any plan and any events, over three months and what came late", () => {
  test("charges add up to lines, lines to totals, and totals with the last carry to all that was charged", async () => {
    await fc.assert(
      fc.asyncProperty(plans, facts, async (all, sent) => {
        const shop = await shopWith(all);
        const seals = await quarter(shop, sent, 100);
        for (const seal of seals) {
          for (const invoice of seal.invoices) {
            const items = await chargesOf(shop, seal, { currency: invoice.currency, limit: 7 });
            for (const { id, key, meter, exact } of invoice.lines) {
              const own = items.filter(({ line }) => line === id).map(({ amount }) => picos(amount));
              expect([key.price, formatPicos(sum(own))]).toEqual([
                key.price,
                formatPicos(meter === undefined ? noMoney : exact),
              ]);
            }
            const shown = sum([...invoice.lines.map(({ amount }) => amount), carryAmountOf(invoice)]);
            expect(shown).toBe(invoice.total);
            expect(amountsOf(invoice.lines)).toBe(formatPicos(invoice.exact));
          }
        }
        const invoices = seals.flatMap((seal) => seal.invoices);
        const carry = seals.at(-1)?.carries.USD ?? noMoney;
        expect(formatPicos(sum([...invoices.map(({ total }) => total), carry]))).toBe(amountsOf(invoices));
      }),
      { numRuns: 13 * propertyTimes },
    );
  });

  test("other batches in another order change nothing", async () => {
    const arrivals = facts.chain((sent) =>
      fc.tuple(
        fc.constant(sent),
        fc.shuffledSubarray([...sent], { minLength: sent.length }),
        fc.integer({ min: 1, max: 5 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(plans, arrivals, async (all, [sent, shuffled, batch]) => {
        const [once, again] = [await shopWith(all), await shopWith(all)];
        await once.send(...sent);
        for (let start = 0; start < shuffled.length; start += batch) {
          await again.send(...shuffled.slice(start, start + batch));
          await rollEverything(again.rolls, merchant, 0);
        }
        const bills = [];
        for (const shop of [once, again]) {
          const seal = await shop.seal(month(5), { id: "one" });
          bills.push([seal?.invoices, seal === undefined ? [] : await chargesOf(shop, seal)]);
        }
        expect(bills[1]).toEqual(bills[0]);
      }),
      { numRuns: 8 * propertyTimes },
    );
  });

  test("a plan simulated with its own version differs by nothing", async () => {
    const catalogue = { meterGroups: async () => new Map(meters.map(({ key, groupBy }) => [key, groupBy])) };
    await fc.assert(
      fc.asyncProperty(plans, facts, async (all, sent) => {
        const shop = await shopWith(all);
        await quarter(shop, sent, 100);
        const order = { merchant, key: "basic", limit: 50, from: month(2), to: month(5) };
        for (const { periods } of expectOk(await simulatePlan({ ...shop, catalogue }, order)).items) {
          expect(periods).toHaveLength(3);
          for (const { difference } of periods) expect(difference).toBe("0");
        }
      }),
      { numRuns: 7 * propertyTimes },
    );
  });
});
