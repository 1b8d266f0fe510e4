import { formatPicos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { planSettlements } from "./create-settlement.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  charge,
  hour,
  merchant,
  minute,
  month,
  refOf,
  start,
} from "./world.fixture.ts";

/** A merchant whose periods wait two days, with a charge of 1 in March. */
async function patient(graceHours = 48) {
  const shop = await billingWorld();
  const sellers = { ...shop.sellers, terms: async () => ({ graceHours }) };
  await shop.send(charge("a", start, "1"));
  await shop.seal(start, { id: "roll", dryRun: true });
  return { ...shop, sellers };
}

async function hourly(shop: BillingWorld, time: number) {
  shop.at(time);
  await planSettlements(shop);
  await shop.drain(shop);
}

/** Each seal with something billed: its cut, and what it came to. */
async function billed(shop: BillingWorld) {
  const seals = (await shop.seals.seals(refOf(ann))).filter(({ invoices }) => invoices.length > 0);
  return seals.map(({ frontier, invoices }) => [frontier.cut, ...invoices.map(({ exact }) => formatPicos(exact))]);
}

describe("grace", () => {
  test.for([
    { after: 0, invoices: [] },
    { after: 48 * hour - minute, invoices: [] },
    { after: 48 * hour, invoices: [[month(3), "1"]] },
    { after: 50 * hour, invoices: [[month(3), "1"]] },
  ])("$after ms after the period's end has sealed $invoices", async ({ after, invoices }) => {
    const shop = await patient();
    await hourly(shop, month(3) + after);
    expect(await billed(shop)).toEqual(invoices);
  });

  test("bills what comes late within it on the period's own invoice, and the next period's events later", async () => {
    const shop = await patient();
    await hourly(shop, month(3) + minute);
    await shop.send(charge("late", month(3) - hour, "2"), charge("next", month(3), "4"));
    await hourly(shop, month(3) + 48 * hour + 10 * minute);
    expect(await billed(shop)).toEqual([[month(3), "3"]]);
    await hourly(shop, month(4) + 47 * hour);
    expect(await billed(shop)).toHaveLength(1);
    await hourly(shop, month(4) + 48 * hour);
    expect(await billed(shop)).toEqual([
      [month(3), "3"],
      [month(4), "4"],
    ]);
    expect((await shop.seals.seals(refOf(ann))).at(-1)?.invoices[0]?.lines).toMatchObject([{ kind: "charges" }]);
  });

  test("is asked for once: after the first hour the customer is due when it is over", async () => {
    const shop = await patient();
    await hourly(shop, month(3) + minute);
    const dueAt = async (time: number) => {
      const buckets = await Promise.all(Array.from({ length: 64 }, (_, bucket) => shop.customers.due(bucket, time, 9)));
      return buckets.flat().map((due) => due.dueAt);
    };
    expect(await dueAt(month(3) + 48 * hour - 1)).toEqual([]);
    expect(await dueAt(month(3) + 48 * hour)).toEqual([month(3) + 48 * hour]);
  });

  test("does not hold up a settlement that people start", async () => {
    const shop = await patient();
    shop.at(month(3) + hour);
    await shop.seal(month(3) + hour);
    expect(await billed(shop)).toEqual([[month(3) + hour, "1"]]);
  });

  test("of a merchant that wants none is none", async () => {
    const shop = await patient(0);
    await hourly(shop, month(3));
    expect(await billed(shop)).toEqual([[month(3), "1"]]);
    expect(await shop.settlements.settlement(merchant, "st_2026040100")).toMatchObject({ status: "done" });
  });
});
