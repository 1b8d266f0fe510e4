import type {
  Conservation,
  EventCopies,
  EventTail,
  IngestAnswer,
  Invoice,
  Page,
  SeenEvent,
  Settlement,
} from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

const start = "2026-06-10T12:00:00Z";

let world: ApiWorld;
let shop: Shop;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), start);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.at(start);
  shop = await world.shop();
  await shop.send("PUT", "/v1/meters/calls", { eventType: "call", aggregation: "count" });
  const prices = [
    { model: "per_unit", meter: "calls", unitPrice: "0.5" },
    { model: "per_unit", meter: "pings", unitPrice: "0.25" },
  ];
  await shop.send("PUT", "/v1/meters/pings", { eventType: "never", aggregation: "count" });
  await shop.send("PUT", "/v1/plans/basic", { currency: "USD", interval: "month", prices });
  await shop.send("PUT", "/v1/customers/ann", { plan: "basic" });
});

const event = (id: string, more: object = {}) => ({ id, type: "call", customer: "ann", time: start, ...more });

async function post(...events: readonly object[]): Promise<IngestAnswer> {
  return (await shop.send<IngestAnswer>("POST", "/v1/events", { events })).json;
}

async function list(query = ""): Promise<readonly SeenEvent[]> {
  const { status, json } = await shop.send<Page<SeenEvent>>("GET", `/v1/events?${query}`);
  expect(status).toBe(200);
  return json.items;
}

const shown = (events: readonly SeenEvent[]) =>
  events.map(({ id, verdict, code }) => `${id} ${verdict} ${code}`).sort();

async function settle(through: string): Promise<readonly Invoice[]> {
  world.at(through);
  const { json } = await shop.send<Settlement>("POST", "/v1/settlements", { through });
  await world.drain();
  const invoices = await shop.send<Page<Invoice>>("GET", `/v1/invoices?settlement=${json.id}`);
  return invoices.json.items;
}

const june = "from=2026-06-01T00:00:00Z&to=2026-07-01T00:00:00Z";
const today = "from=2026-06-10T00:00:00Z&to=2026-06-11T00:00:00Z";

describe("GET /v1/events", () => {
  test("shows at once what became of every event that was answered", async () => {
    await post(event("a"), event("b", { type: "ping" }), event("c", { customer: "bob" }), event("v"));
    world.at("2026-06-10T12:01:00Z");
    await post(event("a"), event("b", { type: "ping", data: { other: 1 } }));
    await shop.send("POST", "/v1/events/void", { id: "v", customer: "ann", reason: "test" });
    const expected = [
      "a counted awaits_settlement",
      "a duplicate copy_at_roll",
      "b conflict differs_at_roll",
      "b unmetered no_meter",
      "c counted unrated",
      "v voided void_pending",
    ];
    expect(shown(await list())).toEqual(expected);
    world.at("2026-06-10T13:01:00Z");
    await world.roll();
    expect(shown(await list())).toEqual(expected);
    expect(shown(await list("customer=ann&verdict=duplicate"))).toEqual(["a duplicate copy_at_roll"]);
    const [invoice] = await settle("2026-06-10T14:00:00Z");
    const [billed] = await list("id=a&outcome=billed");
    expect(billed).toMatchObject({ code: "billed", seal: { number: 1, invoice: invoice?.id } });
  });

  test("turns pages by cursor", async () => {
    await post(...Array.from({ length: 7 }, (_, i) => event(`e${i}`)));
    const whole = await list();
    const read: SeenEvent[] = [];
    let cursor: string | undefined;
    do {
      const next: string = cursor === undefined ? "" : `&cursor=${cursor}`;
      const { json } = await shop.send<Page<SeenEvent>>("GET", `/v1/events?limit=3${next}`);
      read.push(...json.items);
      cursor = json.nextCursor;
    } while (cursor !== undefined);
    expect(read).toEqual(whole);
    expect(read.map(({ id }) => id)).toEqual(["e6", "e5", "e4", "e3", "e2", "e1", "e0"]);
  });

  test("lists what was refused, without its data", async () => {
    await post(event("ok"), event("old", { time: "2026-01-01T00:00:00Z" }), {
      id: "x",
      type: "call",
      data: { secret: 1 },
    });
    const refused = await list("verdict=rejected");
    expect(refused).toMatchObject([
      { id: "old", customer: "ann", type: "call", verdict: "rejected", code: "time_too_old", index: 1 },
      { id: "x", type: "call", verdict: "rejected", code: "invalid_event", index: 2 },
    ]);
    expect(JSON.stringify(refused)).not.toContain("secret");
    expect(await list("verdict=rejected&customer=bob")).toEqual([]);
  });

  test("shows numbers of data with every digit", async () => {
    const body = `{"id":"big","type":"call","customer":"ann","time":"${start}","data":{"n":12345678901234567890.123}}`;
    await shop.send("POST", "/v1/events", body, { headers: { "content-type": "application/json" } });
    const { text } = await shop.send("GET", "/v1/events?id=big");
    expect(text).toContain('"n":12345678901234567890.123');
  });

  test.for([
    ["/v1/events?verdict=lost", 422, "invalid_request"],
    ["/v1/events?from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z", 422, "invalid_range"],
    ["/v1/events?verdict=rejected&from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z", 422, "invalid_range"],
    ["/v1/events?cursor=x", 400, "invalid_cursor"],
    ["/v1/events/a?customer=ann", 404, "not_found"],
    ["/v1/events/a", 422, "invalid_request"],
    ["/v1/events/tail?cursor=x", 400, "invalid_cursor"],
    ["/v1/events/tail?wait=21", 422, "invalid_request"],
    [`/v1/reports/conservation?${june}&meter=none`, 422, "unknown_meter"],
    [`/v1/reports/conservation?from=2026-05-01T00:00:00Z&to=2026-06-02T00:00:00Z&groupBy=meter`, 422, "invalid_range"],
  ] as const)("refuses %s with %i %s", async ([address, status, code]) => {
    expect(await shop.send<Problem>("GET", address)).toMatchObject({ status, json: { code } });
  });

  test.for(["/v1/events", "/v1/events/a?customer=ann", "/v1/events/tail?wait=0"])(
    "%s needs the role read",
    async (address) => {
      const refused = await shop.send<Problem>("GET", address, undefined, { key: shop.keys.ingest });
      expect(refused).toMatchObject({ status: 403, json: { code: "forbidden" } });
    },
  );
});

test("GET /v1/events/{id} shows every copy", async () => {
  await post(event("a"), event("a", { source: "s" }));
  world.at("2026-06-10T12:01:00Z");
  await post(event("a"));
  const { json } = await shop.send<EventCopies>("GET", "/v1/events/a?customer=ann");
  expect(json.more).toBe(false);
  expect(json.items.map(({ source, verdict }) => `${source ?? "-"} ${verdict}`).sort()).toEqual([
    "- counted",
    "- duplicate",
    "s counted",
  ]);
  const own = await shop.send<EventCopies>("GET", "/v1/events/a?customer=ann&source=s");
  expect(own.json.items).toHaveLength(1);
});

test("GET /v1/events/tail shows what arrives, refused events with it, and goes on from its cursor", async () => {
  await post(event("a"), event("bad", { time: "2026-01-01T00:00:00Z" }));
  const first = (await shop.send<EventTail>("GET", "/v1/events/tail?wait=0")).json;
  expect(shown(first.items)).toEqual(["a counted awaits_settlement", "bad rejected time_too_old"]);
  world.at("2026-06-10T12:00:01Z");
  await post(event("b"));
  const second = (await shop.send<EventTail>("GET", `/v1/events/tail?wait=0&cursor=${first.cursor}`)).json;
  expect(second).toMatchObject({ items: [{ id: "b" }], oneIn: 1 });
  const third = (await shop.send<EventTail>("GET", `/v1/events/tail?wait=0&cursor=${second.cursor}`)).json;
  expect(third.items).toEqual([]);
});

test("an event without a meter is kept, and billed once a meter takes it", async () => {
  await post(event("p1", { type: "ping" }), event("p2", { type: "ping" }), event("c"));
  expect(shown(await list("verdict=unmetered"))).toEqual(["p1 unmetered no_meter", "p2 unmetered no_meter"]);
  world.at("2026-06-10T13:01:00Z");
  await world.roll();
  await shop.send("PUT", "/v1/meters/pings", { eventType: "ping", aggregation: "count" });
  expect(shown(await list("meter=pings"))).toEqual(["p1 counted awaits_settlement", "p2 counted awaits_settlement"]);
  const usage = await shop.send<{ rows: object[] }>("GET", `/v1/usage?meter=pings&${june}`);
  expect(usage.json.rows).toMatchObject([{ value: "2" }]);
  const [invoice] = await settle("2026-06-10T14:00:00Z");
  expect(invoice).toMatchObject({ total: "1.00", events: 3 });
});

test("what was settled without a meter stays so on invoices, and says so", async () => {
  await post(event("p1", { type: "ping" }), event("c"));
  await settle("2026-06-10T14:00:00Z");
  await shop.send("PUT", "/v1/meters/pings", { eventType: "ping", aggregation: "count" });
  expect(shown(await list("id=p1"))).toEqual(["p1 unmetered no_meter_when_sealed"]);
  expect(await settle("2026-06-10T15:00:00Z")).toEqual([]);
});

test("every number of the conservation report leads to as many events", async () => {
  await post(event("a"), event("b", { type: "ping" }), event("c", { customer: "bob" }), event("v"));
  world.at("2026-06-10T12:01:00Z");
  await post(
    event("a"),
    event("b", { type: "ping", data: { other: 1 } }),
    event("old", { time: "2026-01-01T00:00:00Z" }),
  );
  await shop.send("POST", "/v1/events/void", { id: "v", customer: "ann", reason: "test" });
  await settle("2026-06-10T14:00:00Z");
  for (const more of ["", "&groupBy=customer", "&groupBy=meter", "&customer=ann", "&meter=calls&groupBy=customer"]) {
    const { json } = await shop.send<Conservation>("GET", `/v1/reports/conservation?${today}${more}`);
    expect(json).toMatchObject({ gap: 0 });
    for (const sums of [...(more.includes("meter=") ? [] : [json]), ...(json.groups ?? [])]) {
      for (const name of ["billed", "free", "duplicate", "conflict", "unmetered", "voided", "open"] as const) {
        expect(await list(`${sums.events.split("?")[1]}&outcome=${name}&limit=500`)).toHaveLength(sums[name]);
      }
    }
  }
  const { json } = await shop.send<Conservation>("GET", `/v1/reports/conservation?${today}`);
  expect(json).toMatchObject({ accepted: 6, billed: 1, free: 1, duplicate: 1, conflict: 1, unmetered: 1, voided: 1 });
  expect(json).toMatchObject({ open: 0, rejected: 1, quarantined: 0 });
  expect(json.check).toBeUndefined();
  world.at("2026-06-10T18:40:00Z");
  await world.fire("billing/check-conservation");
  const checked = await shop.send<Conservation>("GET", `/v1/reports/conservation?${today}`);
  expect(checked.json.check).toEqual({
    through: "2026-06-10T15:00:00.000Z",
    checkedAt: "2026-06-10T18:40:00.000Z",
    gaps: [],
  });
});
