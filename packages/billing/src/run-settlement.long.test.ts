import { accountId, trialBalance } from "@farthing/ledger";
import { crashing, eachCrash, survive } from "@farthing/metering/faults";
import { customerId, formatPicos, minus, noMoney } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createSettlement, planSettlements } from "./create-settlement.ts";
import { dueBuckets } from "./customer.ts";
import { advanceSettlement, pushSettlement, takeStep } from "./run-settlement.ts";
import type { SealedInvoice } from "./seal.ts";
import { totalsOf } from "./settlement-totals.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bob,
  charge,
  hour,
  merchant,
  month,
  refOf,
  request,
  start,
  subscription,
} from "./world.fixture.ts";

const customers = [ann, bob, customerId("cid")];

async function busy() {
  const shop = await billingWorld();
  await shop.subscriptions.addSubscription(subscription());
  await shop.send(
    request("a", start),
    charge("pay", start, "1.006"),
    ...customers.slice(1).map((customer) => ({ ...charge("b", start, "2.5", "JPY"), customer })),
  );
  shop.at(start + hour);
  return shop;
}

/** What must hold when a settlement is done: its totals and its index are those of its seals, each customer's one. */
async function checkDone(shop: BillingWorld, id: string) {
  const settlement = await shop.settlements.settlement(merchant, id);
  expect(settlement?.status).toBe("done");
  const seals = (await Promise.all(customers.map((customer) => shop.seals.seals(refOf(customer))))).map((chain) =>
    chain.filter((seal) => seal.settlement === id),
  );
  expect(seals.map(({ length }) => length)).toEqual(customers.map(() => 1));
  const invoices = seals.flat().flatMap((seal) => seal.invoices);
  expect(settlement?.totals).toEqual(totalsOf(invoices));
  expect([settlement?.customerCount, settlement?.invoiceCount]).toEqual([customers.length, invoices.length]);
  await checkPosted(shop, invoices);
  const { entries } = await shop.invoices.invoicesOfSettlement(merchant, id, { limit: 99 });
  const named = seals
    .flat()
    .flatMap((seal) => seal.invoices.map(({ currency }) => `${seal.customer.customer} ${seal.number} ${currency}`));
  expect(entries.map(({ customer, seal, currency }) => `${customer} ${seal} ${currency}`)).toEqual(named.toSorted());
}

/** The books say of all invoices what they say themselves, and of each customer what is theirs. */
async function checkPosted(shop: BillingWorld, invoices: readonly SealedInvoice[]) {
  const { accounts } = await trialBalance(shop.books, merchant);
  const sums = accounts.map(({ account, balance }) => `${accountId(account)} ${formatPicos(balance)}`);
  const wanted = totalsOf(invoices).flatMap(({ currency, exact, invoiced, carried }) => [
    `receivable:${currency} ${formatPicos(invoiced)}`,
    `revenue:${currency} ${formatPicos(minus(noMoney, exact))}`,
    `rounding:${currency} ${formatPicos(carried)}`,
  ]);
  expect(sums).toEqual(wanted.filter((text) => !text.endsWith(" 0")).toSorted());
}

describe("a settlement", () => {
  test("rolls, seals its customers in chunks, adds up, and closes", async () => {
    const shop = await busy();
    await createSettlement(shop, { merchant, body: { through: month(3) } });
    await shop.drain();
    await checkDone(shop, "st_id1");
    const settlement = await shop.settlements.settlement(merchant, "st_id1");
    expect(settlement).toMatchObject({ chunks: 1, finishedAt: start + hour });
    expect(
      settlement?.totals?.map(({ currency, exact, invoiced, carried }) => [
        currency,
        ...[exact, invoiced, carried].map(formatPicos),
      ]),
    ).toEqual([
      ["JPY", "5", "4", "1"],
      ["USD", "1.0064", "1.01", "-0.0036"],
    ]);
  });

  test("seals no customer before every shard is rolled", async () => {
    const shop = await busy();
    await createSettlement(shop, { merchant, body: { through: month(3) } });
    shop.queue.asked.splice(0);
    await advanceSettlement(shop, merchant, "st_id1");
    expect(shop.queue.asked).toEqual([]);
    expect((await shop.settlements.settlement(merchant, "st_id1"))?.status).toBe("rolling");
  });

  test("closes when every chunk has its record, not before", async () => {
    const shop = await busy();
    const many = Array.from({ length: 101 }, (_, i) => customerId(`n${i}`));
    await createSettlement(shop, { merchant, body: { through: month(3), customers: many } });
    const settles: Parameters<typeof takeStep>[1][] = [];
    for (let step = shop.queue.asked.shift(); step !== undefined; step = shop.queue.asked.shift()) {
      if (step.ask === "settle") settles.push(step);
      else await takeStep(shop, step);
    }
    expect(settles.map((step) => "chunk" in step && step.chunk)).toEqual([0, 1]);
    for (const [index, step] of settles.toReversed().entries()) {
      expect((await shop.settlements.settlement(merchant, "st_id1"))?.status).toBe("settling");
      await pushSettlement(shop, merchant, "st_id1");
      const asked = shop.queue.asked.splice(0).map(({ ask }) => ask);
      expect(asked).toEqual([...settles.slice(index).map(() => "settle"), "advance"]);
      await takeStep(shop, step);
      await shop.drain();
      const settlement = await shop.settlements.settlement(merchant, "st_id1");
      expect(settlement?.status).toBe(index === 0 ? "settling" : "done");
    }
    expect((await shop.settlements.settlement(merchant, "st_id1"))?.customerCount).toBe(101);
  });

  test.for([
    { through: start, now: start + hour, due: month(3), why: "after now, where it bills less" },
    { through: month(4), now: start + hour, due: month(5), why: "after what it bills, where that is ahead" },
    { through: month(3), now: month(3) - 1, due: month(4), why: "a cut at a period's end is in the next" },
  ])("makes a customer due at the end of the next period: $why", async ({ through, now, due }) => {
    const shop = await busy();
    shop.at(now);
    await createSettlement(shop, { merchant, body: { through } });
    await shop.drain();
    const all = await Promise.all(Array.from({ length: dueBuckets }, (_, at) => shop.customers.due(at, month(11), 9)));
    expect(all.flat().map(({ dueAt }) => dueAt)).toEqual(customers.map(() => due));
  });

  test("takes every message twice, in any order, and is the same", async () => {
    const shop = await busy();
    await createSettlement(shop, { merchant, body: { through: month(3) } });
    for (let step = shop.queue.asked.pop(); step !== undefined; step = shop.queue.asked.pop()) {
      await Promise.all([takeStep(shop, step), takeStep(shop, step)]);
      await takeStep(shop, step);
    }
    await pushSettlement(shop, merchant, "st_id1");
    await shop.drain();
    await checkDone(shop, "st_id1");
  });

  test("done already is not changed by a message that comes late, whatever was sent since", async () => {
    const shop = await busy();
    await createSettlement(shop, { merchant, body: { through: month(3) } });
    const steps = [...shop.queue.asked];
    await shop.drain();
    const before = await shop.settlements.settlement(merchant, "st_id1");
    await shop.send(charge("late", start, "5"));
    for (const step of [...steps, { ask: "settle", merchant, settlement: "st_id1", chunk: 0 } as const])
      await takeStep(shop, step);
    await shop.drain();
    expect(await shop.settlements.settlement(merchant, "st_id1")).toEqual(before);
    await checkDone(shop, "st_id1");
  });

  test("that a message names has to be there", async () => {
    const shop = await busy();
    await expect(advanceSettlement(shop, merchant, "st_none")).rejects.toThrow("not there");
    await createSettlement(shop, { merchant, body: { through: month(3) } });
    await expect(takeStep(shop, { ask: "settle", merchant, settlement: "st_id1", chunk: 7 })).rejects.toThrow(
      "not there",
    );
  });

  test("killed before or after any call is completed by the next push", async () => {
    const calls = await eachCrash(async (point) => {
      const shop = await busy();
      const { stores, calls: made } = crashing(shop, point);
      const died = await survive(async () => {
        await createSettlement(stores, { merchant, body: { through: month(3) } });
        await shop.drain(stores);
      });
      shop.at(start + 2 * hour);
      for (let push = 0; push < 3; push++) {
        await planSettlements(shop);
        await shop.drain();
      }
      const { settlements } = await shop.settlements.settlements(merchant, { limit: 9 });
      if (died === "done") expect(settlements).toHaveLength(1);
      for (const { id } of settlements) await checkDone(shop, id);
      return { calls: made };
    });
    expect(calls).toBeGreaterThan(60);
  });
});
