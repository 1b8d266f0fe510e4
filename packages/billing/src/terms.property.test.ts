import { propertyTimes } from "@farthing/metering/property-times";
import { currency, decimal, minus, noMoney, type Picos, picos, sum } from "@farthing/money";
import { type CouponBody, CouponBody as CouponSchema, putCoupon } from "@farthing/pricing";
import { type Grant, grantEntries, remaining, untouched } from "@farthing/wallet";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { renderSeal } from "./render-seal.ts";
import { rollEverything } from "./run-settlement.ts";
import type { Seal, SealedLine } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import type { TaxProfile } from "./seal-terms.ts";
import { sealedDrawings } from "./sealed-drawings.ts";
import { taxOf } from "./tax-engine.ts";
import { readTerms, termsOfSeal } from "./terms.ts";
import { expectedTerms } from "./terms-oracle.fixture.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bytes,
  charge,
  day,
  flat,
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

const graduated = {
  ...({ key: "r", model: "graduated", meter: "requests" } as const),
  tiers: [
    { upTo: decimal("3"), unitPrice: decimal("0.7") },
    { upTo: null, unitPrice: decimal("0.000000000003") },
  ],
};
const perByte = {
  key: "b",
  model: "per_unit",
  meter: "bytes",
  unitPrice: decimal("0.001"),
  minimum: decimal("0.01"),
} as const;
const plans = [
  planOf("basic", { prices: [graduated, perByte, flat("1.1", "in_advance")] }),
  planOf("other", { prices: [perByte, flat("0.3", "in_arrears")] }),
];

const instants = fc.integer({ min: -20 * 24, max: 75 * 24 }).map((hours) => month(2) + hours * hour);
const amounts = fc.constantFrom("0.000000000007", "0.3", "1", "2.5", "40");
const scopes = fc.constantFrom(undefined, undefined, { meters: ["bytes"] }, { meters: ["requests", "bytes"] });

const coupons = fc.record({
  off: fc.oneof(
    fc.constantFrom("10", "33.333", "100", "0.000000000001").map((percent) => ({ percent })),
    amounts.map((amount) => ({ amount, currency: "USD" })),
  ),
  periods: fc.constantFrom(undefined, 1, 2),
  scope: fc.constantFrom(undefined, undefined, { meters: ["bytes"] }, { plans: ["other"] }),
  start: instants,
  removedAt: fc.oneof(fc.constant(undefined), instants),
});

const grants = fc.record({
  units: fc.boolean(),
  granted: fc.constantFrom("0.000000000009", "0.5", "1", "3", "12"),
  priority: fc.constantFrom(1, 2),
  startsAt: instants,
  lasts: fc.constantFrom(undefined, 5, 20, 40),
  rolls: fc.constantFrom(undefined, undefined, "0.2", "max"),
  scope: scopes,
});

const facts = fc.record({
  kind: fc.constantFrom("request", "request", "request", "charge", "void"),
  id: fc.constantFrom(..."abcdefgh"),
  after: fc.integer({ min: 0, max: 55 * 24 }),
  bytes: fc.constantFrom(1, 3, 5, 700),
});

const profiles = fc.constantFrom<TaxProfile | undefined>(
  undefined,
  { rules: [{ treatment: { name: "VAT", rate: "0.19", kind: "exclusive" } }] },
  {
    rules: [
      { meters: ["bytes"], treatment: { name: "Reduced", rate: "0.07", kind: "inclusive" } },
      { treatment: { name: "VAT", rate: "0.2", kind: "inclusive" } },
    ],
  },
);

type Coupon = typeof coupons extends fc.Arbitrary<infer T> ? T : never;
type Grants = typeof grants extends fc.Arbitrary<infer T> ? T : never;

const scenes = fc.record({
  coupons: fc.array(coupons, { maxLength: 3 }),
  grants: fc.array(grants, { maxLength: 3 }),
  profile: profiles,
  steps: fc.array(
    fc.record({ facts: fc.array(facts, { minLength: 1, maxLength: 5 }), cut: fc.integer({ min: 1, max: 60 * 24 }) }),
    { minLength: 1, maxLength: 4 },
  ),
  /** Before which step each coupon, then each grant, is given. */
  given: fc.array(fc.nat(3), { minLength: 6, maxLength: 6 }),
  another: fc.boolean(),
});
type Scene = typeof scenes extends fc.Arbitrary<infer T> ? T : never;

async function giveCoupon(shop: BillingWorld, coupon: Coupon, index: number) {
  const key = `c${index}`;
  const { periods } = coupon;
  const duration = periods === undefined ? ("forever" as const) : ("repeating" as const);
  const scope = coupon.scope === undefined ? {} : { scope: coupon.scope };
  const body: CouponBody = v.parse(CouponSchema, {
    ...coupon.off,
    duration,
    ...(periods === undefined ? {} : { periods }),
    ...scope,
  });
  await putCoupon({ texts: shop.terms.texts, clock: shop.clock }, { merchant, key, body });
  const cycle = { interval: "month", timezone: "UTC" } as const;
  const application = {
    merchant,
    customer: ann,
    id: `id${index}`,
    coupon: key,
    couponVersion: 1,
    start: coupon.start,
    cycle,
  };
  await shop.terms.applications.applyCoupon(application, undefined);
  if (coupon.removedAt !== undefined) await shop.terms.applications.removeCoupon(application, coupon.removedAt);
}

function grantOf(one: Grants, index: number): Grant {
  const covers = one.units ? { meter: "requests" } : { currency: currency("USD") };
  const expiresAt = one.lasts === undefined ? undefined : one.startsAt + one.lasts * day;
  const until = (expiresAt ?? 0) + 30 * day;
  const rolls =
    one.rolls === undefined || expiresAt === undefined
      ? {}
      : { rollOver: { ...(one.rolls === "max" ? {} : { maximum: decimal(one.rolls) }), until } };
  return {
    ...{ merchant, customer: ann, id: `g${index}`, granted: decimal(one.granted), priority: one.priority, ...covers },
    ...{ startsAt: one.startsAt, createdAt: 0, ...(expiresAt === undefined ? {} : { expiresAt }), ...rolls },
    ...(one.scope === undefined ? {} : { scope: one.scope }),
  };
}

async function worldOf({ profile, another }: Scene) {
  const shop = await billingWorld(plans);
  await shop.meters.publishMeters(merchant, { revision: 2, meters: [{ ...bytes, groupBy: [] }, requests] });
  await shop.subscriptions.addSubscription(subscription());
  const from = month(2) + 20 * day;
  if (another)
    await shop.subscriptions.addSubscription(subscription({ id: "s2", plan: "other", start: from, flatFrom: from }));
  const taxes = {
    profileOf: async () => profile,
    taxOn: async (_: unknown, all: readonly Parameters<typeof taxOf>[0][]) => all.map(taxOf),
  };
  Object.assign(shop.terms, { taxes });
  shop.at(month(5));
  return shop;
}

const factOf = ({ kind, id, after, bytes: size }: Scene["steps"][number]["facts"][number]) => {
  const time = month(2) + after * hour;
  if (kind === "void") return voiding(id, time);
  if (kind === "charge") return charge(`${id}c`, time, "0.4");
  return request(id, time, { data: { bytes: size } });
};

/** Sends, gives and seals in turn; or all at once, in another order, and seals at the end. */
async function chainOf(
  scene: Scene,
  isOne: boolean,
): Promise<{ readonly shop: BillingWorld; readonly seals: readonly Seal[] }> {
  const shop = await worldOf(scene);
  const { steps, given } = scene;
  const gifts = [
    ...scene.coupons.map((coupon, index) => () => giveCoupon(shop, coupon, index)),
    ...scene.grants.map((one, index) => () => shop.terms.grants.addGrant(grantOf(one, index))),
  ];
  const last = steps.length - 1;
  const due = (gift: number) => Math.min(given[gift] ?? 0, last);
  for (const [index, step] of steps.entries()) {
    const now = [...gifts.entries()].filter(([gift]) => isOne || due(gift) === index);
    if (!isOne || index === 0) for (const [, give] of isOne ? now.toReversed() : now) await give();
    await shop.send(...step.facts.map(factOf));
    // Which of two copies counts is told by the order of rolls.
    await rollEverything(shop.rolls, merchant, 0);
    const cut = Math.max(...steps.slice(0, index + 1).map((one) => one.cut));
    if (!isOne || index === last) await shop.seal(month(2) + cut * hour, { id: `st${index}` });
  }
  return { shop, seals: await shop.seals.seals(refOf(ann)) };
}

const linesOf = (seals: readonly Seal[]) => seals.flatMap(({ invoices }) => invoices.flatMap(({ lines }) => lines));

function sumsOf(
  seals: readonly Seal[],
  nameOf: (line: SealedLine) => string | undefined,
  amountOf: (line: SealedLine) => Picos,
) {
  const sums = new Map<string, Picos>();
  for (const line of linesOf(seals)) {
    const name = nameOf(line);
    if (name !== undefined) sums.set(name, sum([sums.get(name) ?? noMoney, amountOf(line)]));
  }
  return withoutNoughts(sums);
}

const withoutNoughts = (sums: ReadonlyMap<string, bigint>) =>
  Object.fromEntries([...sums].filter(([, amount]) => amount !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));

const discounts = (seals: readonly Seal[]) =>
  sumsOf(
    seals,
    ({ key, kind }) => (kind === "discount" ? key.price.split("#")[1] : undefined),
    ({ exact }) => minus(noMoney, exact),
  );
const credits = (seals: readonly Seal[]) =>
  sumsOf(
    seals,
    ({ grant }) => grant,
    ({ exact }) => minus(noMoney, exact),
  );
const taxes = (seals: readonly Seal[]) =>
  sumsOf(
    seals,
    ({ tax, key }) => (tax === undefined ? undefined : `${key.currency} ${tax.name}`),
    ({ tax }) => tax?.amount ?? noMoney,
  );

describe("coupons, grants and taxes of any chain of seals", () => {
  test("come to what the rules say of all charges, which is what one seal at the end comes to", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const [many, one] = [await chainOf(scene, false), await chainOf(scene, true)];
        const terms = await readTerms(many.shop.terms, refOf(ann), undefined);
        const expected = expectedTerms(many.seals, { ...terms, plans: { s1: "basic", s2: "other" } });
        for (const { seals } of [many, one]) {
          expect(discounts(seals)).toEqual(withoutNoughts(expected.off));
          expect(credits(seals)).toEqual(withoutNoughts(expected.drawn));
          expect(taxes(seals)).toEqual(withoutNoughts(expected.taxes));
        }
        for (const net of expected.nets) expect(net >= 0n).toBe(true);
        expect(many.seals.at(-1)?.terms?.grants).toEqual(one.seals.at(-1)?.terms?.grants);
        expect(many.seals.at(-1)?.terms?.taxed).toEqual(one.seals.at(-1)?.terms?.taxed);
      }),
      { numRuns: 20 * propertyTimes },
    );
  });

  test("are lines like any other: they add up, and so do the carries", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { seals } = await chainOf(scene, false);
        for (const { invoices } of seals) {
          for (const { lines, exact, carriedIn, total, carriedOut } of invoices) {
            expect(sum(lines.map((line) => line.exact))).toBe(exact);
            expect(exact + carriedIn).toBe(total + carriedOut);
          }
        }
        const all = seals.flatMap(({ invoices }) => invoices);
        const billed = sum(all.map(({ total }) => total));
        expect(sum([billed, ...Object.values(seals.at(-1)?.carries ?? {})])).toBe(sum(all.map(({ exact }) => exact)));
      }),
      { numRuns: 8 * propertyTimes },
    );
  });

  test("leave each grant an account whose entries add up to what is left, never below nought", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { shop, seals } = await chainOf(scene, false);
        const drawings = sealedDrawings(shop.seals);
        for (const grant of await shop.terms.grants.grantsOf(refOf(ann))) {
          const state = seals.at(-1)?.terms?.grants[grant.id] ?? untouched;
          const entries = grantEntries(grant, await drawings.stepsOf(refOf(ann), grant.id));
          expect(entries.at(-1)?.running).toEqual(remaining(grant, state));
          for (const { running } of entries.slice(-1)) expect(running.digits >= 0n).toBe(true);
          const worth = sum(
            linesOf(seals).flatMap((line) =>
              line.grant === grant.id ? (line.draws ?? []).map(({ exact }) => exact) : [],
            ),
          );
          expect(minus(noMoney, worth)).toBe(
            sum(linesOf(seals).flatMap((line) => (line.grant === grant.id ? [line.exact] : []))),
          );
          if (grant.meter === undefined) expect(worth <= picos("40")).toBe(true);
        }
      }),
      { numRuns: 8 * propertyTimes },
    );
  });

  test("are rendered again to the same from what a seal recorded", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { shop, seals } = await chainOf(scene, false);
        const subscriptions = await shop.subscriptions.subscriptionsOf(merchant, ann);
        for (const [index, seal] of seals.entries()) {
          const chain = new SealChain(shop.seals, seal.customer, seals[index - 1]);
          const terms = await termsOfSeal(shop.terms, seal);
          expect(await renderSeal(shop, { ...seal, terms, chain, next: seal.frontier, subscriptions })).toEqual(seal);
        }
      }),
      { numRuns: 8 * propertyTimes },
    );
  });
});
