import { rollClosedHours, rollMarked } from "@farthing/metering";
import { memoryRejections } from "@farthing/metering/memory";
import { propertyTimes } from "@farthing/metering/property-times";
import { customerId, decimal, expectOk } from "@farthing/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import { conservationDocument } from "./conservation-document.ts";
import { type EventFilter, listEvents } from "./list-events.ts";
import { memoryChecks } from "./memory.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bob,
  day,
  hour,
  merchant,
  planOf,
  request,
  start,
  subscription,
  voiding,
} from "./world.fixture.ts";

/** How many times the cases of a short run: npm run test:properties. */
const numRuns = 8 * propertyTimes;

const outcomes = ["billed", "free", "duplicate", "conflict", "unmetered", "voided", "open"] as const;
const verdicts = ["counted", "duplicate", "conflict", "unmetered", "voided"] as const;
const range = { merchant, from: start - day, to: start + 12 * day };

/** A price for Europe alone, so that some metered events are free. */
const plan = planOf("basic", {
  prices: [{ key: "eu", model: "per_unit", meter: "bytes", unitPrice: decimal("0.1"), group: { region: "eu" } }],
});

type Step =
  | {
      readonly kind: "send";
      readonly customer: string;
      readonly id: number;
      readonly at: number;
      readonly what: number;
    }
  | { readonly kind: "void"; readonly id: number }
  | { readonly kind: "pass"; readonly hours: number; readonly roll: boolean }
  | { readonly kind: "seal"; readonly customer: string }
  | { readonly kind: "meter" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("send" as const),
      customer: fc.constantFrom("ann", "bob"),
      id: fc.nat(5),
      at: fc.nat(5),
      what: fc.nat(3),
    }),
  },
  fc.record({ kind: fc.constant("void" as const), id: fc.nat(5) }),
  fc.record({ kind: fc.constant("pass" as const), hours: fc.integer({ min: 1, max: 30 }), roll: fc.boolean() }),
  fc.record({ kind: fc.constant("seal" as const), customer: fc.constantFrom("ann", "bob") }),
  fc.record({ kind: fc.constant("meter" as const) }),
);

const kinds = [
  { type: "request", data: { bytes: 10, region: "eu" } },
  { type: "request", data: { bytes: 7, region: "us" } },
  { type: "ping", data: {} },
  { type: "charge", data: { amount: "1", currency: "USD" } },
];

async function play(steps: readonly Step[]) {
  const shop = await billingWorld([plan]);
  await shop.subscriptions.addSubscription(subscription({ start: start - day }));
  let [now, revision] = [start, 1];
  // The same request again is the same bundle, which is stored once.
  const sent = new Set<string>();
  for (const one of steps) {
    shop.at(now);
    if (one.kind === "send") {
      const time = Math.max(start, now - one.at * hour);
      const customer = customerId(one.customer);
      await shop.send({ ...request(`e${one.id}`, time, kinds[one.what] ?? {}), customer });
      sent.add(JSON.stringify([customer, one.id, time, one.what]));
    } else if (one.kind === "void") await shop.send(voiding(`e${one.id}`, now));
    else if (one.kind === "pass") {
      now += one.hours * hour;
      shop.at(now);
      if (one.roll) await rollClosedHours(shop.rolls, { merchant, shard: 0 });
      if (one.roll) await rollMarked(shop.rolls, { merchant, shard: 0 });
    } else if (one.kind === "seal") await shop.seal(now, { customer: customerId(one.customer) });
    else revision = await addMeter(shop, revision);
  }
  shop.at(now);
  return { shop, sent: sent.size, expectRange: now < range.to };
}

async function addMeter(shop: BillingWorld, revision: number): Promise<number> {
  const { meters } = await shop.meters.currentMeters(merchant);
  if (meters.some(({ key }) => key === "pings")) return revision;
  const pings = { key: "pings", eventType: "ping", aggregation: "count", groupBy: [] } as const;
  const added = { ...pings, revision: revision + 1, createdAt: 0, updatedAt: 0 };
  await shop.meters.publishMeters(merchant, { revision: revision + 1, meters: [...meters, added] });
  return revision + 1;
}

async function pageOf(shop: BillingWorld, filter: Partial<EventFilter & { after: string | undefined }>) {
  return expectOk(await listEvents(shop, { ...range, limit: 7, ...filter }));
}

async function count(shop: BillingWorld, filter: Partial<EventFilter>): Promise<number> {
  let found = 0;
  let after: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(shop, { ...filter, after });
    found += page.items.length;
    after = page.next;
  } while (after !== undefined);
  return found;
}

async function report(shop: BillingWorld, more: { groupBy?: "customer" | "meter"; customer?: typeof ann } = {}) {
  const stores = { ...shop, rejections: memoryRejections(), checks: memoryChecks() };
  return expectOk(await conservationDocument(stores, { ...range, ...more }));
}

/** The filter that a link of a report names. */
function filterOf(link: string): Partial<EventFilter> {
  const { from, to, customer, meter } = Object.fromEntries(new URL(link, "http://x").searchParams);
  const filter = { from: Date.parse(from ?? ""), to: Date.parse(to ?? ""), ...(meter === undefined ? {} : { meter }) };
  return customer === undefined ? filter : { ...filter, customer: customerId(customer) };
}

test("every number of a report is as many events as its link lists, and nothing is missing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const { shop, sent, expectRange } = await play(steps);
      if (!expectRange) return;
      const whole = await report(shop);
      expect(whole).toMatchObject({ accepted: sent, gap: 0, quarantined: 0 });
      const byVerdict = await Promise.all(verdicts.map((verdict) => count(shop, { verdict })));
      expect(byVerdict.reduce((sum, one) => sum + one, 0)).toBe(sent);
      const byCustomer = (await report(shop, { groupBy: "customer" })).groups ?? [];
      const byMeter = (await report(shop, { groupBy: "meter" })).groups ?? [];
      const ofAnn = await report(shop, { customer: ann });
      expect(byCustomer.every(({ gap }) => gap === 0)).toBe(true);
      for (const sums of [whole, ofAnn, ...byCustomer, ...byMeter]) {
        const filter = filterOf(sums.events);
        expect(await count(shop, filter)).toBe(sums.accepted);
        for (const outcome of outcomes) expect(await count(shop, { ...filter, outcome })).toBe(sums[outcome]);
      }
      const ofBob = byCustomer.find(({ customer }) => customer === bob)?.accepted ?? 0;
      expect(ofAnn.accepted + ofBob).toBe(sent);
    }),
    { numRuns, seed: 7 },
  );
});

test("a customer's own list is the merchant's list of that customer", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const { shop } = await play(steps);
      const all = expectOk(await listEvents(shop, { ...range, limit: 500 })).items;
      for (const customer of [ann, bob]) {
        const own = expectOk(await listEvents(shop, { ...range, customer, limit: 500 })).items;
        expect(own).toEqual(all.filter((item) => item.customer === customer));
      }
    }),
    { numRuns, seed: 8 },
  );
});

test("meters tell quantities of each outcome", async () => {
  const shop = await billingWorld([plan]);
  await shop.subscriptions.addSubscription(subscription({ start: start - day }));
  await shop.send(request("a", start), request("b", start), request("u", start, kinds[1] ?? {}));
  shop.at(start + 1);
  await shop.send(request("a", start, { data: { bytes: 5, region: "eu" } }));
  await shop.seal(start + 1);
  const { groups = [] } = await report(shop, { groupBy: "meter" });
  expect(groups).toMatchObject([
    { meter: "bytes", accepted: 4, billed: 2, free: 1, conflict: 1, open: 0 },
    { meter: "requests", accepted: 4, billed: 2, free: 1, conflict: 1, open: 0 },
  ]);
  expect(groups[0]?.quantities).toMatchObject({ billed: "2000", free: "7", conflict: "5", open: "0" });
  expect(groups[1]?.quantities).toMatchObject({ billed: "2", free: "1", conflict: "1" });
});
