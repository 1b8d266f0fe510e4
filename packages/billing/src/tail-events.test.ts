import { rollClosedHours } from "@farthing/metering";
import { memoryRejections } from "@farthing/metering/memory";
import { expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { type TailQuery, tailEvents } from "./tail-events.ts";
import {
  type BillingWorld,
  billingWorld,
  bob,
  hour,
  merchant,
  minute,
  month,
  request,
  start,
  subscription,
} from "./world.fixture.ts";

async function tailed(arriving: (shop: BillingWorld, passed: number) => Promise<void> = async () => undefined) {
  const shop = await billingWorld();
  await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
  const rejections = memoryRejections();
  let now = start + minute;
  const at = (time: number) => {
    now = time;
    shop.at(time);
  };
  at(now);
  const pause = async (ms: number) => {
    at(now + ms);
    await arriving(shop, now - start - minute);
  };
  const tail = async (query: Partial<TailQuery> = {}) =>
    expectOk(await tailEvents({ ...shop, rejections, pause }, { merchant, waitMs: 0, limit: 100, ...query }));
  return { shop, rejections, at, tail, now: () => now };
}

const ids = ({ items }: { readonly items: readonly { readonly id?: string }[] }) => items.map(({ id }) => id);

describe("tailEvents", () => {
  test("shows each event once, in order of receipt, whatever its time", async () => {
    const { shop, at, tail, now } = await tailed();
    await shop.send(request("b", start + minute), request("a", start));
    at(now() + 10);
    await shop.send(request("c", start - hour));
    const first = await tail();
    expect(ids(first)).toEqual(["b", "a", "c"]);
    at(now() + 1000);
    await shop.send(request("a", start));
    const second = await tail({ cursor: first.cursor });
    expect(second.items).toMatchObject([{ id: "a", verdict: "duplicate", copyOf: { key: first.items[1]?.key } }]);
    expect(ids(await tail({ cursor: second.cursor }))).toEqual([]);
    expect(ids(await tail({ cursor: first.cursor }))).toEqual(["a"]);
  });

  test("shows what was received before the last answer and could be read after it", async () => {
    const { shop, at, tail, now } = await tailed();
    const slow = now();
    at(slow + 5_000);
    await shop.send(request("quick", start));
    const first = await tail();
    at(slow);
    await shop.send(request("slow", start));
    at(slow + 6_000);
    expect(ids(await tail({ cursor: first.cursor }))).toEqual(["slow"]);
  });

  test("waits for news, and answers in vain when its time is over", async () => {
    let sent = false;
    const { tail, now } = await tailed(async (shop, passed) => {
      if (sent || passed < 3_000) return;
      sent = true;
      await shop.send(request("news", start));
    });
    const begun = now();
    const first = await tail({ waitMs: 20_000 });
    expect(ids(first)).toEqual(["news"]);
    expect(now() - begun).toBeLessThan(4_000);
    const second = await tail({ waitMs: 20_000, cursor: first.cursor });
    expect(second.items).toEqual([]);
    expect(now() - begun).toBeGreaterThanOrEqual(23_000);
    expect(now() - begun).toBeLessThan(25_000);
  });

  test("shows late events of hours that were rolled, and refused ones", async () => {
    const { shop, rejections, at, tail } = await tailed();
    at(start + 5 * hour);
    await rollClosedHours(shop.rolls, { merchant, shard: 0 });
    const { cursor } = await tail();
    await shop.send(request("late", start));
    const events = [{ index: 3, id: "bad", code: "time_too_old", message: "old" }] as const;
    await rejections.noteRejected(merchant, {
      receivedAt: start + 5 * hour,
      name: "x",
      counts: { time_too_old: 1 },
      events,
    });
    const next = await tail({ cursor });
    expect(next.items.map((item) => `${item.id} ${item.verdict}`).sort()).toEqual(["bad rejected", "late counted"]);
    expect(ids(await tail({ cursor: next.cursor }))).toEqual([]);
  });

  test("narrows by customer and type", async () => {
    const { shop, tail } = await tailed();
    await shop.send(
      request("a", start),
      { ...request("b", start), customer: bob },
      request("c", start, { type: "ping" }),
    );
    expect(ids(await tail({ customer: bob }))).toEqual(["b"]);
    expect(ids(await tail({ type: "ping" }))).toEqual(["c"]);
  });

  test("samples where more arrived than it shows, and says so", async () => {
    const { shop, tail } = await tailed();
    await shop.send(...Array.from({ length: 950 }, (_, i) => request(`n${i}`, start + i)));
    const { items, oneIn, cursor } = await tail();
    expect(oneIn).toBe(10);
    expect(items).toHaveLength(95);
    expect(await tail({ cursor })).toMatchObject({ items: [], oneIn: 1 });
  });

  test("keeps its cursor small, and nobody is shown an event twice, through more requests than it holds", async () => {
    const { shop, at, tail, now } = await tailed();
    let cursor: string | undefined;
    const shown: (string | undefined)[] = [];
    for (let step = 0; step < 60; step++) {
      for (let i = 0; i < 5; i++) await shop.send(request(`n${step}.${i}`, start + step));
      const answer = await tail({ cursor });
      shown.push(...ids(answer));
      cursor = answer.cursor;
      expect(cursor.length).toBeLessThan(8_000);
      at(now() + 300);
    }
    expect(shown).toHaveLength(300);
    expect(new Set(shown).size).toBe(300);
  });

  test.for(["", "x", "e30", Buffer.from('{"at":1.5,"seen":[]}').toString("base64url")])(
    "refuses the cursor %o",
    async (cursor) => {
      const { shop, rejections } = await tailed();
      const stores = { ...shop, rejections, pause: async () => undefined };
      expect(await tailEvents(stores, { merchant, cursor, waitMs: 0, limit: 1 })).toEqual({
        ok: false,
        error: { code: "invalid_cursor" },
      });
    },
  );
});
