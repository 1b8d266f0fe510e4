import { hourOf, rollClosedHours } from "@farthing/metering";
import { expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { type EventFilter, listEvents } from "./list-events.ts";
import {
  type BillingWorld,
  billingWorld,
  bob,
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

const march = { merchant, from: month(2), to: month(3) };

async function listed(shop: BillingWorld, filter: Partial<EventFilter> = {}, limit = 500) {
  return expectOk(await listEvents(shop, { ...march, limit, ...filter })).items;
}

/** Every page of a list, joined. */
async function paged(shop: BillingWorld, filter: Partial<EventFilter>, limit: number) {
  const items = [];
  let after: string | undefined;
  do {
    const page = expectOk(await listEvents(shop, { ...march, limit, after, ...filter }));
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

/** "id verdict code" of each event. */
async function shown(shop: BillingWorld, filter: Partial<EventFilter> = {}) {
  return (await listed(shop, filter)).map(({ id, verdict, code }) => `${id} ${verdict} ${code}`);
}

async function subscribed() {
  const shop = await billingWorld([planOf("basic")]);
  await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
  return shop;
}

async function busy() {
  const shop = await subscribed();
  await shop.send(
    request("a", start),
    request("b", start + minute),
    request("c", start + minute, { type: "ping" }),
    request("d", start - hour),
    { ...request("e", start), customer: bob },
    request("v", start + 2 * minute),
  );
  shop.at(start + 3 * minute);
  await shop.send(request("a", start), request("b", start + minute, { data: { bytes: 2 } }), voiding("v", start));
  return shop;
}

const open = [
  "v voided void_pending",
  "c unmetered no_meter",
  "b counted awaits_settlement",
  "b conflict differs_at_roll",
  "e counted unrated",
  "a counted awaits_settlement",
  "a duplicate copy_at_roll",
  "d counted awaits_settlement",
].sort();

describe("listEvents", () => {
  test("tells what became of events before a roll, after it and after a settlement", async () => {
    const shop = await busy();
    expect((await shown(shop)).sort()).toEqual(open);
    shop.at(start + 2 * hour);
    await rollClosedHours(shop.rolls, { merchant, shard: 0 });
    expect((await shown(shop)).sort()).toEqual(open);
    await shop.seal();
    await shop.seal(undefined, { customer: bob });
    expect((await shown(shop)).sort()).toEqual(
      [
        "v voided void_settled",
        "c unmetered no_meter_when_sealed",
        "b counted billed",
        "b conflict differs_at_roll",
        "e counted free",
        "a counted billed",
        "a duplicate copy_at_roll",
        "d counted billed",
      ].sort(),
    );
  });

  test("lists by time and id, newest first", async () => {
    const shop = await busy();
    const places = (await listed(shop)).map(({ time, id }) => `${time} ${id}`);
    expect(places).toEqual([...places].sort().reverse());
    expect(places).toHaveLength(8);
  });

  test.for([1, 2, 3, 7, 8, 9])("gives the same list in pages of %i", async (limit) => {
    const shop = await busy();
    for (const filter of [{}, { customer: request("x", 0).customer }, { verdict: "counted" as const }]) {
      expect(await paged(shop, filter, limit)).toEqual(await listed(shop, filter));
    }
  });

  test.for([
    { filter: { customer: bob }, ids: "e" },
    { filter: { type: "ping" }, ids: "c" },
    { filter: { id: "a" }, ids: "a a" },
    { filter: { id: "a", source: "elsewhere" }, ids: "" },
    { filter: { id: "a", source: "" }, ids: "a a" },
    { filter: { verdict: "duplicate" as const }, ids: "a" },
    { filter: { verdict: "voided" as const }, ids: "v" },
    { filter: { outcome: "open" as const }, ids: "a b c d e v" },
    { filter: { meter: "requests", verdict: "counted" as const }, ids: "a b d e" },
    { filter: { meter: "storage" }, ids: "" },
    { filter: { from: start, to: start + minute }, ids: "a a e" },
  ])("narrows by $filter to $ids", async ({ filter, ids }) => {
    const shop = await busy();
    const narrowed = await listed(shop, filter);
    expect(narrowed.map(({ id }) => id).sort()).toEqual(ids === "" ? [] : ids.split(" "));
  });

  test("says what an event added, what billed it and what a copy repeats", async () => {
    const shop = await busy();
    await shop.seal(start + hour);
    const [counted, copy] = await listed(shop, { id: "a" }).then((items) =>
      items.toSorted((a, b) => a.verdict.localeCompare(b.verdict)),
    );
    expect(counted).toMatchObject({
      customer: "ann",
      type: "request",
      time: "2026-03-02T10:00:00.000Z",
      receivedAt: "2026-03-02T10:00:00.000Z",
      data: { bytes: 1000, region: "eu" },
      meters: [
        { meter: "bytes", group: { region: "eu" }, quantity: "1000" },
        { meter: "requests", quantity: "1" },
      ],
      seal: { number: 1, invoice: "inv_ann_1_USD" },
    });
    expect(copy).toMatchObject({ verdict: "duplicate", meters: [], copyOf: { key: counted?.key } });
    expect(copy?.receivedAt).toBe("2026-03-02T10:03:00.000Z");
  });

  test("finds what a copy of days before repeats, once a settlement struck it", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    shop.at(start + 3 * day);
    await shop.send(request("a", start + 3 * day));
    expect(await shown(shop)).toEqual(["a counted awaits_settlement", "a counted awaits_settlement"]);
    await shop.seal(start + 4 * day);
    const items = await listed(shop);
    const struck = items.find(({ verdict }) => verdict === "conflict");
    const counted = items.find(({ verdict }) => verdict === "counted");
    expect(struck).toMatchObject({ code: "differs_at_seal", copyOf: { key: counted?.key } });
  });

  test("counts an event without a meter as soon as one appears, until it is settled", async () => {
    const shop = await subscribed();
    await shop.send(request("p", start, { type: "ping" }));
    expect(await shown(shop)).toEqual(["p unmetered no_meter"]);
    const { meters } = await shop.meters.currentMeters(merchant);
    const pings = { key: "pings", eventType: "ping", aggregation: "count", groupBy: [], revision: 2 } as const;
    await shop.meters.publishMeters(merchant, {
      revision: 2,
      meters: [...meters, { ...pings, createdAt: 0, updatedAt: 0 }],
    });
    expect(await shown(shop)).toEqual(["p counted unrated"]);
  });

  test("reads on behind an hour with more events than one page looks at", async () => {
    const shop = await subscribed();
    const many = Array.from({ length: 6_000 }, (_, i) => request(`n${i}`, start + i));
    await shop.send(...many, request("ping", start, { type: "ping" }), request("old", start - hour));
    const first = expectOk(await listEvents(shop, { ...march, verdict: "unmetered", limit: 5 }));
    expect(first.items).toEqual([]);
    expect((await paged(shop, { verdict: "unmetered" }, 5)).map(({ id }) => id)).toEqual(["ping"]);
  });

  test.for([
    { from: 5, to: 5, why: "is empty" },
    { from: month(2), to: month(2) + 401 * day, why: "is longer than 400 days" },
  ])("refuses a range that $why", async ({ from, to }) => {
    const shop = await subscribed();
    expect(await listEvents(shop, { ...march, from, to, limit: 5 })).toMatchObject({
      ok: false,
      error: { code: "invalid_range" },
    });
  });

  test("shows an event of an hour that was rolled before it arrived", async () => {
    const shop = await subscribed();
    shop.at(start + 3 * hour);
    await rollClosedHours(shop.rolls, { merchant, shard: 0 });
    await shop.send(request("late", start));
    expect(hourOf(start)).toBeLessThan(hourOf(start + 3 * hour));
    expect(await shown(shop)).toEqual(["late counted awaits_settlement"]);
    expect(await shown(shop, { customer: request("x", 0).customer })).toEqual(["late counted awaits_settlement"]);
  });
});
