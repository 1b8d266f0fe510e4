import { type Fact, hourOf, rollClosedHours, rollMarked, sweepShard } from "@farthing/metering";
import { decimal, expectOk } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reportConservation } from "./report-conservation.ts";
import {
  type BillingWorld,
  billingWorld,
  bob,
  charge,
  day,
  hour,
  merchant,
  minute,
  month,
  planOf,
  request,
  start,
  subscription,
  voiding,
} from "./world.fixture.ts";

/** A plan that charges for bytes in Europe alone. */
const european = planOf("basic", {
  prices: [{ key: "eu", model: "per_unit", meter: "bytes", unitPrice: decimal("0.1"), group: { region: "eu" } }],
});

async function subscribed() {
  const shop = await billingWorld([european]);
  await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
  return shop;
}

const march = { merchant, from: month(2), to: month(3) };
const report = async (shop: BillingWorld, range: { from: number; to: number } = march) =>
  expectOk(await reportConservation(shop, { ...march, ...range }));

/** The counts that are not nought, as "open 2". */
async function shown(shop: BillingWorld, range?: { from: number; to: number }) {
  const { from: _, to: __, quarantined: ___, ...counts } = await report(shop, range);
  return Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [] : [`${name} ${count}`]));
}

const american = { data: { bytes: 1, region: "us" } };

describe("reportConservation", () => {
  test("follows events from stage to stage, and nothing is missing at any", async () => {
    const shop = await subscribed();
    await shop.send(
      request("billed", start),
      request("free", start, american),
      request("none", start, { type: "ping" }),
      charge("pay", start, "1"),
      request("void", start),
      { ...request("other", start), customer: bob },
    );
    await shop.send(request("billed", start), request("free", start), voiding("void", start));
    expect(await shown(shop)).toEqual(["accepted 8", "duplicate 1", "conflict 1", "open 6"]);
    shop.at(start + 2 * hour);
    await rollClosedHours(shop.rolls, { merchant, shard: 0 });
    expect(await shown(shop)).toEqual(["accepted 8", "duplicate 1", "conflict 1", "open 6"]);
    await shop.seal(start + 1);
    expect(await shown(shop)).toEqual([
      "accepted 8",
      "billed 2",
      "free 1",
      "duplicate 1",
      "conflict 1",
      "unmetered 1",
      "voided 1",
      "open 1",
    ]);
    await shop.send(request("billed", start + 20 * day), voiding("free", start));
    shop.at(start + 21 * day);
    await shop.seal();
    expect(await shown(shop)).toEqual([
      "accepted 9",
      "billed 2",
      "duplicate 1",
      "conflict 2",
      "unmetered 1",
      "voided 2",
      "open 1",
    ]);
  });

  test("divides a statement that a cut divides", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start), request("b", start + minute));
    await shop.seal(start + minute);
    expect(await shown(shop)).toEqual(["accepted 2", "billed 1", "open 1"]);
  });

  test("bills an event by the meters that billed it, whatever they became", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    await shop.seal(start + 1);
    await shop.meters.publishMeters(merchant, { revision: 2, meters: [] });
    await shop.send(request("b", start + 1));
    shop.at(start + hour);
    await shop.seal();
    expect(await shown(shop)).toEqual(["accepted 2", "billed 1", "unmetered 1"]);
  });

  test("keeps what does not decode as open", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    const at = { merchant, shard: 0, hour: hourOf(start) };
    const { bundles } = await shop.rolls.journal.bundles(at);
    const [bundle] = bundles;
    if (bundle === undefined) throw new Error("no bundle");
    const broken = {
      ...bundle,
      digest: `x${bundle.digest.slice(1)}` as typeof bundle.digest,
      blob: bundle.blob.slice(1),
      events: 3,
    };
    await shop.rolls.journal.putBundle(at, broken);
    expect(await shown(shop)).toEqual(["accepted 4", "open 4"]);
    shop.at(start + hour);
    await shop.seal();
    expect(await shown(shop)).toEqual(["accepted 4", "billed 1", "open 3"]);
  });

  test("shows a gap where a writer died before it marked, until the sweep finds it", async () => {
    const shop = await subscribed();
    const shard = { merchant, shard: 0 };
    shop.at(start + 2 * hour);
    await rollClosedHours(shop.rolls, shard);
    const { journal } = shop.rolls;
    await shop.send(request("late", start));
    for (const { id } of await journal.marks(shard)) await journal.removeMark(shard, id);
    expect(await shown(shop)).toEqual(["accepted 1", "gap 1"]);
    shop.at(start + 3 * hour);
    await sweepShard(shop.rolls, shard);
    expect(await shown(shop)).toEqual(["accepted 1", "open 1"]);
    await rollMarked(shop.rolls, shard);
    expect(await shown(shop)).toEqual(["accepted 1", "open 1"]);
  });

  test.for([
    { from: month(2), to: month(2), code: "invalid_range", why: "nothing" },
    { from: month(2), to: month(2) - 1, code: "invalid_range", why: "less than nothing" },
    { from: 0, to: 400 * day, code: undefined, why: "400 days" },
    { from: 0, to: 400 * day + 1, code: "invalid_range", why: "an hour more" },
  ])("of $why answers $code", async ({ from, to, code }) => {
    const answer = await reportConservation(await subscribed(), { merchant, from, to });
    expect(answer.ok ? undefined : answer.error.code).toBe(code);
  });

  test("is over the whole hours that a range touches", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start), request("b", start + hour - 1));
    const { from, to, accepted } = await report(shop, { from: start + 1, to: start + 2 });
    expect([from, to, accepted]).toEqual(["2026-03-02T10:00:00.000Z", "2026-03-02T11:00:00.000Z", 2]);
  });
});

const facts: fc.Arbitrary<Fact> = fc
  .record({
    kind: fc.constantFrom("request", "request", "request", "charge", "ping", "void"),
    id: fc.constantFrom(..."abcdef"),
    after: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 50 * 24 })),
    region: fc.constantFrom("eu", "us"),
  })
  .map(({ kind, id, after, region }) => {
    const time = month(2) + after * hour;
    if (kind === "void") return voiding(id, time);
    if (kind === "charge") return charge(id, time, "1");
    return request(id, time, { type: kind, data: { bytes: 1, region } });
  });
const actions = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(facts, { minLength: 1, maxLength: 5 }).map((sent) => ({ act: "send", sent }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ act: "roll" } as const) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 50 * 24 }).map((cut) => ({ act: "seal", cut }) as const) },
  { weight: 1, arbitrary: fc.constantFrom("move", "redefine").map((act) => ({ act }) as const) },
);

describe("the gap", () => {
  test("is nought after every step, whatever was sent, rolled, sealed or changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(actions, { minLength: 2, maxLength: 7 }), async (all) => {
        const shop = await subscribed();
        shop.at(month(4));
        let sent = 0;
        for (const [index, step] of all.entries()) {
          if (step.act === "send") {
            await shop.send(...step.sent);
            sent += step.sent.filter(({ kind }) => kind === "event").length;
          }
          if (step.act === "roll") await rollMarked(shop.rolls, { merchant, shard: 0 });
          if (step.act === "seal") await shop.seal(month(2) + step.cut * hour, { id: `st${index}` });
          if (step.act === "move")
            await shop.subscriptions.addSubscription(subscription({ id: `s${index}`, start: month(2) + day }));
          if (step.act === "redefine") {
            const { revision, meters } = await shop.meters.currentMeters(merchant);
            await shop.meters.publishMeters(merchant, { revision: revision + 1, meters: meters.slice(1) });
          }
          const { accepted, gap, billed, free, duplicate, conflict, unmetered, voided, open } = await report(shop, {
            from: month(2),
            to: month(4),
          });
          const counts = [billed, free, duplicate, conflict, unmetered, voided, open];
          expect(gap).toBe(0);
          expect(counts.every((count) => count >= 0)).toBe(true);
          expect(accepted).toBeLessThanOrEqual(sent);
        }
      }),
      { numRuns: 25, seed: 1 },
    );
  });
});
