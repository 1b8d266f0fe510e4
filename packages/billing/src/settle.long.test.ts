import type { Fact } from "@farthing/metering";
import { decimal, expectOk, formatPicos, type Picos, sum } from "@farthing/money";
import { frontierHead, leafHash, parseFrontier, treeHead } from "@farthing/proof";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linesOf } from "./lines-of.fixture.ts";
import { renderSeal } from "./render-seal.ts";
import { rollEverything } from "./run-settlement.ts";
import type { Seal } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import { settleCustomer } from "./settle-customer.ts";
import { termsOfSeal } from "./terms.ts";
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
  minute,
  month,
  planOf,
  refOf,
  request,
  requests,
  start,
  subscription,
  voiding,
} from "./world.fixture.ts";

const perRequest = { key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.0004") } as const;
const perGigabyte = {
  key: "b",
  model: "per_unit",
  meter: "bytes",
  unitPrice: decimal("0.09"),
  per: decimal("1e9"),
} as const;
const basic = planOf("basic", { prices: [perRequest, perGigabyte, flat("2", "in_arrears")] });

const world = () => billingWorld([basic, planOf("daily", { interval: "day" })]);

async function subscribed(...more: Parameters<typeof subscription>) {
  const shop = await world();
  await shop.subscriptions.addSubscription(subscription(...more));
  return shop;
}

const sealsOf = (shop: BillingWorld) => shop.seals.seals(refOf(ann));
const invoiceIn = (seal: Seal | undefined, code = "USD") => seal?.invoices.find((invoice) => invoice.currency === code);
const text = (amount: Picos | undefined) => (amount === undefined ? undefined : formatPicos(amount));

describe("settleCustomer", () => {
  test("bills what was sent once, exactly, and carries what rounding leaves", async () => {
    const shop = await subscribed();
    const big = { data: { bytes: 1_000_000_000, region: "eu" } };
    await shop.send(request("a", start), request("b", start + 1, { data: { bytes: 2000, region: "eu" } }));
    await shop.send(request("a", start));
    const first = invoiceIn(await shop.seal(start + hour));
    expect([text(first?.exact), first?.events, first?.status]).toEqual(["0.00080027", 2, "carried"]);
    shop.at(month(3) + minute);
    await shop.send(request("late", start + 5, big), request("a", start + 3 * day));
    const seal = await shop.seal(month(3));
    expect(seal?.struck.map(({ verdict }) => verdict)).toEqual(["conflict"]);
    const second = invoiceIn(seal);
    expect(linesOf(second)).toEqual(["usage b 1000000000 0.09", "flat fee in_arrears 1 2", "usage r 1 0.0004"]);
    expect([text(second?.carriedIn), text(second?.total), text(second?.carriedOut)]).toEqual([
      "0.00080027",
      "2.09",
      "0.00120027",
    ]);
    await shop.send(voiding("late", start));
    shop.at(month(3) + 2 * hour);
    const third = await shop.seal(month(3) + 1);
    expect(linesOf(invoiceIn(third))).toEqual(["adjustment b -1000000000 -0.09", "adjustment r -1 -0.0004"]);
    expect(await shop.seal(month(3) + 1)).toEqual(third);
  });

  test.for([
    { time: month(3) - 1, through: month(3), billed: 1, why: "an event before the cut" },
    { time: month(3), through: month(3), billed: 0, why: "an event at the cut" },
    { time: start + 30 * minute, through: start + 30 * minute, billed: 0, why: "a cut inside an hour, at the event" },
    { time: start + 30 * minute, through: start + 30 * minute + 1, billed: 1, why: "a cut inside an hour, behind it" },
  ])("bills $billed: $why", async ({ time, through, billed }) => {
    const shop = await subscribed();
    shop.at(time);
    await shop.send(request("a", time));
    const first = await shop.seal(through, { id: "one" });
    expect(invoiceIn(first)?.events ?? 0).toBe(billed);
    shop.at(time + day);
    const second = await shop.seal(through + day, { id: "two" });
    expect(invoiceIn(second)?.events ?? 0).toBe(1 - billed);
  });

  test("bills a late event by the next seal, into the period that it belongs to", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    shop.at(month(3) + day);
    await shop.seal(month(3), { id: "one" });
    await shop.send(request("late", start + hour));
    const seal = await shop.seal(month(3), { id: "two" });
    expect(linesOf(invoiceIn(seal))).toEqual(["adjustment b 1000 0.00000009", "adjustment r 1 0.0004"]);
    expect(invoiceIn(seal)?.lines[0]?.key.periodFrom).toBe(month(2));
  });

  test("charges nothing for a void whose event was never billed", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start), voiding("a", start));
    const seal = await shop.seal();
    expect([seal?.struck.map(({ verdict }) => verdict), seal?.invoices]).toEqual([["voided"], []]);
  });

  test("keeps the definition of a meter with what was billed by it, and bills new facts by the new one", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start, { data: { bytes: 10, size: 1, region: "eu" } }));
    await shop.seal(start + hour, { id: "one" });
    const redefined = { ...bytes, revision: 2, value: "size" };
    await shop.meters.publishMeters(merchant, { revision: 2, meters: [redefined, requests] });
    shop.at(start + 2 * hour);
    await shop.send(request("b", start + hour, { data: { bytes: 10, size: 2, region: "eu" } }));
    const seal = await shop.seal(start + 3 * hour, { id: "two" });
    const lines = invoiceIn(seal)?.lines ?? [];
    expect(lines.map(({ key, quantity }) => [key.price, key.meterRevision, quantity])).toEqual([
      ["b", 2, decimal("2")],
      ["r", 1, decimal("1")],
    ]);
    await shop.send(voiding("a", start));
    const third = await shop.seal(start + 4 * hour, { id: "three" });
    expect(
      (invoiceIn(third)?.lines ?? []).map(({ key, quantity }) => [key.price, key.meterRevision, quantity]),
    ).toEqual([
      ["b", 1, decimal("-10")],
      ["r", 1, decimal("-1")],
    ]);
  });

  test("bills direct charges in their own currencies, with or without a plan", async () => {
    const shop = await world();
    await shop.send(charge("a", start, "0.0004"), charge("b", start, "1.5", "JPY"), charge("c", start + 1, "2"));
    const seal = await shop.seal();
    expect(seal?.invoices).toEqual([]);
    shop.at(start + hour);
    const second = await shop.seal();
    expect(
      (second?.invoices ?? []).map((invoice) => [
        invoice.currency,
        text(invoice.exact),
        text(invoice.total),
        invoice.events,
      ]),
    ).toEqual([
      ["JPY", "1.5", "2", 1],
      ["USD", "2.0004", "2", 2],
    ]);
  });

  test.for([
    { latest: "Asia/Kolkata", first: "2026-03-31T18:30:00.000Z" },
    { latest: undefined, first: "2026-04-01T00:00:00.000Z" },
  ])("cuts a scheduled settlement at the customer's last period end ($latest)", async ({ latest, first }) => {
    const shop = await world();
    const profile = { merchant, id: ann, known: true, createdAt: start, updatedAt: start };
    await shop.customers.putCustomer({ ...profile, ...(latest === undefined ? {} : { timezone: latest }) });
    await shop.send(charge("a", start, "1"));
    shop.at(month(3) + 5 * day);
    await shop.seal(start, { id: "roll" });
    const settlement = {
      id: "st",
      through: month(3) + 5 * day,
      cutAt: "period",
      createdAt: month(3) + 5 * day,
      dryRun: false,
    } as const;
    const { seal } = await settleCustomer(shop, refOf(ann), settlement);
    expect(new Date(seal?.frontier.cut ?? 0).toISOString()).toBe(first);
  });

  test("changes nothing in a dry run, and answers what would be sealed", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    const dry = await shop.seal(start + hour, { dryRun: true });
    expect(await sealsOf(shop)).toEqual([]);
    expect(await shop.seal(start + hour)).toEqual(dry);
  });

  test("seals no customer that has neither facts nor a subscription", async () => {
    const shop = await world();
    expect(await shop.seal(start + hour)).toBeUndefined();
  });

  test("of two settlements at once bills each fact once", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start), request("b", start + 1));
    await shop.seal(start, { id: "first" });
    const common = { through: start + hour, cutAt: "through", createdAt: start, dryRun: false } as const;
    const settle = (id: string) => settleCustomer(shop, refOf(ann), { ...common, id });
    await Promise.all([settle("x"), settle("y"), settle("x"), settle("y")]);
    const seals = await sealsOf(shop);
    expect(seals.map(({ settlement }) => settlement).toSorted()).toEqual(["first", "x", "y"]);
    expect(seals.flatMap(({ invoices }) => invoices).reduce((sum, { events }) => sum + events, 0)).toBe(2);
  });

  test("answers the stored seal to a repeat, also by a clock that is 2 s behind, and after later ones", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    const settlement = {
      id: "st",
      through: start + hour,
      cutAt: "through",
      createdAt: start + 2000,
      dryRun: false,
    } as const;
    await shop.seal(start - hour, { id: "roll" });
    const { seal } = await settleCustomer(shop, refOf(ann), settlement);
    await shop.seal(start + 2 * hour, { id: "later" });
    await shop.send(request("late", start + 1));
    expect((await settleCustomer(shop, refOf(ann), settlement)).seal).toEqual(seal);
  });
});

describe("a subscription with a past start", () => {
  const twoRequests = [request("a", start), request("b", start + 10 * day)];
  const totalOf = (seals: readonly Seal[]) =>
    formatPicos(sum(seals.flatMap(({ invoices }) => invoices.map(({ exact }) => exact))));

  test("charges for what was sealed before it was made", async () => {
    const shop = await world();
    shop.at(start + 11 * day);
    await shop.send(...twoRequests);
    await shop.seal(start + 12 * day, { id: "one" });
    const half = { start: start + 5 * day, flatFrom: start + 5 * day, createdAt: start + 13 * day };
    await shop.subscriptions.addSubscription(subscription(half));
    const seal = await shop.seal(start + 13 * day, { id: "two" });
    expect(linesOf(invoiceIn(seal))).toEqual(["usage b 1000 0.00000009", "usage r 1 0.0004"]);
    expect(invoiceIn(seal)?.events).toBe(1);
  });

  test.for(["basic", "daily"])(
    "takes over what the one before (%s) charged for, and bills nothing twice",
    async (plan) => {
      const shop = await subscribed({ plan, interval: plan === "daily" ? "day" : "month" });
      shop.at(start + 11 * day);
      await shop.send(...twoRequests);
      await shop.seal(start + 12 * day, { id: "one" });
      const next = {
        id: "s2",
        plan: "daily",
        interval: "day",
        start: start + 5 * day,
        flatFrom: start + 5 * day,
      } as const;
      await shop.subscriptions.addSubscription(subscription({ ...next, createdAt: start + 13 * day }));
      await shop.seal(start + 13 * day, { id: "two" });
      expect(totalOf(await sealsOf(shop))).toBe(plan === "daily" ? "0.0008" : "0.00080009");
    },
  );
});

const facts: fc.Arbitrary<Fact> = fc
  .record({
    kind: fc.constantFrom("request", "request", "request", "charge", "void"),
    id: fc.constantFrom("a", "b", "c", "d", "e"),
    after: fc.integer({ min: 0, max: 70 * 24 }),
    size: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ kind, id, after, size }) => {
    const time = month(2) + after * hour;
    if (kind === "void") return voiding(id, time);
    if (kind === "charge") return charge(id, time, `0.${size}004`);
    return request(id, time, { data: { bytes: size, region: "eu" } });
  });
/** What is sent before each seal, and the hour of the quarter that it cuts at. */
const steps = fc.array(fc.tuple(fc.array(facts, { maxLength: 3 }), fc.integer({ min: 1, max: 75 * 24 })), {
  minLength: 1,
  maxLength: 4,
});

/** Sends and seals in turn, and at last once more through everything; answers the chain. */
async function chainOf(shop: BillingWorld, all: readonly (readonly [sent: readonly Fact[], cut: number])[]) {
  shop.at(month(5));
  for (const [index, [sent, cut]] of all.entries()) {
    await shop.send(...sent);
    await shop.seal(month(2) + cut * hour, { id: `st${index}` });
  }
  await shop.seal(month(5), { id: "last" });
  return await sealsOf(shop);
}

/** What each currency's charges come to, exactly. */
function sumsOf(seals: readonly Seal[]): Readonly<Record<string, bigint>> {
  const sums: Record<string, bigint> = {};
  for (const { currency, exact } of seals.flatMap(({ invoices }) => invoices)) {
    sums[currency] = (sums[currency] ?? 0n) + exact;
  }
  return sums;
}

const marchOn = () => subscribed({ start: month(2) });

describe("any chain of seals", () => {
  test("bills in sum what one seal would bill at the end, and its invoices add up", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const seals = await chainOf(await marchOn(), all);
        const atOnce = await marchOn();
        atOnce.at(month(5));
        for (const [sent] of all) {
          await atOnce.send(...sent);
          await rollEverything(atOnce.rolls, merchant, 0);
        }
        await atOnce.seal(month(5));
        expect(sumsOf(seals)).toEqual(sumsOf(await sealsOf(atOnce)));
        for (const { lines, exact, carriedIn, total, carriedOut } of seals.flatMap(({ invoices }) => invoices)) {
          expect(lines.reduce((sum, line) => sum + line.exact, 0n)).toBe(exact);
          expect(exact + carriedIn).toBe(total + carriedOut);
        }
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  test("never goes back, and judges each fact once", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const seals = await chainOf(await marchOn(), all);
        seals.forEach(({ number, frontier, readFrom }, index) => {
          const before = seals[index - 1];
          expect(number).toBe(index + 1);
          expect(frontier.entry).toBeGreaterThanOrEqual(before?.frontier.entry ?? 0);
          expect(frontier.cut).toBeGreaterThanOrEqual(before?.frontier.cut ?? 0);
          expect(readFrom).toBeGreaterThanOrEqual(before?.readFrom ?? 1);
        });
        const struck = seals.flatMap((seal) => seal.struck.map(({ entry, row }) => `${entry}/${row}`));
        expect(new Set(struck).size).toBe(struck.length);
      }),
      { numRuns: 15, seed: 2 },
    );
  });

  test("names the Merkle tree head of the log at its frontier", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const shop = await marchOn();
        const seals = await chainOf(shop, all);
        const entries = await shop.log.entriesFrom(refOf(ann), 1);
        for (const { frontier, root, tree } of seals) {
          const leaves = entries.slice(0, frontier.entry).map((entry) => leafHash(Buffer.from(entry.root, "hex")));
          expect(root).toBe(Buffer.from(treeHead(leaves)).toString("hex"));
          const kept = expectOk(parseFrontier(Buffer.from(tree, "base64url")));
          expect(Buffer.from(frontierHead(kept)).toString("hex")).toBe(root);
        }
      }),
      { numRuns: 10, seed: 4 },
    );
  });

  test("is rendered again to the same from its frontiers", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const shop = await marchOn();
        const seals = await chainOf(shop, all);
        const subscriptions = await shop.subscriptions.subscriptionsOf(merchant, ann);
        for (const [index, seal] of seals.entries()) {
          const chain = new SealChain(shop.seals, seal.customer, seals[index - 1]);
          const terms = await termsOfSeal(shop.terms, seal);
          expect(await renderSeal(shop, { ...seal, terms, chain, next: seal.frontier, subscriptions })).toEqual(seal);
        }
      }),
      { numRuns: 10, seed: 3 },
    );
  });
});
