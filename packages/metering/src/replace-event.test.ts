import { describe, expect, test } from "vitest";
import { type CrashPoint, crashing, eachCrash, survive } from "./faults.fixture.ts";
import { ann, bob, event, hourMs, logOf, merchant, meteringWorld, minute, ten } from "./metering.fixture.ts";
import { replaceEvent } from "./replace-event.ts";
import { rollClosedHours, rollMarked, type ShardRollStores } from "./shard-roll.ts";

const day = 24 * hourMs;
const timeAt = (ms: number) => new Date(ms).toISOString();
const good = { id: "b", type: "request", customer: "ann", time: timeAt(ten) };
const customers = { knownCustomers: async () => new Set([ann]) };

async function world() {
  const stores = await meteringWorld();
  return { ...stores, customers };
}

const ask = (
  replacement: object,
  more: { id?: string; customer?: typeof ann; source?: string; time?: number } = {},
) => {
  const body = { id: "a", customer: ann, time: ten, ...more, event: replacement };
  return { merchant, body, text: JSON.stringify(body), receivedAt: ten };
};

async function rolled(stores: Awaited<ReturnType<typeof world>>, customer = ann) {
  stores.at(ten + 2 * hourMs);
  await rollClosedHours(stores, stores.shard);
  await rollMarked(stores, stores.shard);
  return await logOf(stores, customer);
}

describe("replaceEvent", () => {
  test("voids the one and takes in the other, and again changes nothing", async () => {
    const stores = await world();
    await stores.send(event("a", ten));
    const answer = {
      voided: { id: "a", customer: ann },
      event: { id: "b", customer: ann, type: "request", time: timeAt(ten) },
      receivedAt: timeAt(ten),
      warnings: [{ code: "value_missing" }],
    };
    for (let time = 0; time < 2; time++)
      expect(await replaceEvent(stores, ask(good))).toMatchObject({ ok: true, value: answer });
    expect(await rolled(stores)).toEqual([{ hour: 0, events: "a b", voids: "a" }]);
  });

  test("gives the usage to another customer", async () => {
    const stores = await world();
    await stores.send(event("a", ten));
    const moved = await replaceEvent(stores, ask({ ...good, id: "a", customer: "bob" }));
    expect(moved).toMatchObject({ ok: true, value: { event: { id: "a", customer: bob } } });
    expect(await rolled(stores)).toEqual([{ hour: 0, events: "a", voids: "a" }]);
    expect(await logOf(stores, bob)).toEqual([{ hour: 0, events: "a" }]);
  });

  test("keeps each digit of a number", async () => {
    const stores = await world();
    const request = ask({ ...good, data: { bytes: 0 } });
    const text = request.text.replace('"bytes":0', '"bytes":0.12345678901234567890123456789');
    expect(await replaceEvent(stores, { ...request, text })).toMatchObject({ ok: true });
    const [bundle] = (await stores.journal.bundles({ merchant, shard: 0, hour: Math.floor(ten / hourMs) as never }))
      .bundles;
    expect(bundle).toMatchObject({ events: 1, voids: 1 });
  });

  test.for([
    { event: { ...good, id: "a" }, code: "same_identity", why: "the identity itself" },
    { event: { ...good, id: "a", source: "s" }, code: undefined, why: "another source" },
    { event: { ...good, id: "a", customer: "bob" }, code: undefined, why: "another customer" },
    { event: { ...good, extra: 1 }, code: "invalid_event", why: "a member that no event has" },
    { event: { ...good, id: "" }, code: "invalid_event", why: "no id" },
    { event: { ...good, time: "yesterday" }, code: "invalid_event", why: "no time" },
    { event: { ...good, time: timeAt(ten - 35 * day) }, code: undefined, why: "35 days old" },
    { event: { ...good, time: timeAt(ten - 35 * day - 1) }, code: "time_too_old", why: "a millisecond older" },
    { event: { ...good, time: timeAt(ten + 5 * minute) }, code: undefined, why: "5 minutes ahead" },
    { event: { ...good, time: timeAt(ten + 5 * minute + 1) }, code: "time_in_future", why: "a millisecond more" },
    { event: { ...good, data: { text: "x".repeat(9000) } }, code: "data_too_large", why: "too much data" },
    { event: { ...good, type: "charge", data: {} }, code: "invalid_amount", why: "a charge without an amount" },
    { event: { ...good, id: "a", extra: 1 }, code: "invalid_event", why: "the event is looked at first" },
  ])("answers $code for $why", async ({ event: replacement, code }) => {
    const stores = await world();
    const answer = await replaceEvent(stores, ask(replacement));
    expect(answer.ok ? undefined : answer.error.code).toBe(code);
    const kept = await rolled(stores);
    if (code !== undefined) expect(kept).toEqual([]);
  });

  test.for(['"id":"b","id":"c"', '"data":{"n":1,"n":2}'])("refuses a key that occurs twice: %s", async (twice) => {
    const stores = await world();
    const request = ask(good);
    const text = request.text.replace('"id":"b"', twice.startsWith('"id"') ? twice : `"id":"b",${twice}`);
    expect(await replaceEvent(stores, { ...request, text })).toMatchObject({ error: { code: "invalid_event" } });
  });

  test("that died at any call is whole when it is sent again", async () => {
    await eachCrash(async (point?: CrashPoint) => {
      const stores = await world();
      // In another hour than the void, so that they are two bundles.
      const request = ask({ ...good, time: timeAt(ten - 3 * hourMs) });
      const faulty = crashing(stores, point);
      await survive(() => replaceEvent({ ...stores, ...pick(faulty.stores) }, request));
      await replaceEvent(stores, request);
      expect(await rolled(stores)).toEqual([
        { hour: 0, voids: "a" },
        { hour: -3, events: "b" },
      ]);
      return { calls: faulty.calls };
    });
  });
});

function pick({ journal, plans, meters }: Pick<ShardRollStores, "journal" | "plans" | "meters">) {
  return { journal, plans, meters };
}
