import { type CrashPoint, crashing, survive } from "@farthing/metering/faults";
import { type CustomerId, customerId, expectOk, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createSettlement, planSettlements } from "./create-settlement.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bob,
  charge,
  day,
  hour,
  merchant,
  minute,
  month,
  refOf,
  start,
} from "./world.fixture.ts";

/** Customers with a charge each; all are due when March is over. */
async function busy(...customers: readonly CustomerId[]): Promise<BillingWorld> {
  const shop = await billingWorld();
  await shop.send(...customers.map((customer) => ({ ...charge("a", start, "1.004"), customer })));
  await shop.seal(start, { id: "roll", dryRun: true });
  return shop;
}

const many = (count: number) => Array.from({ length: count }, (_, i) => customerId(`c${String(i).padStart(4, "0")}`));

async function listOf(shop: BillingWorld, settlements = shop.settlements) {
  const page = await settlements.settlements(merchant, { limit: 50 });
  return page.settlements.map(({ id, status, customerCount }) => [id, status, customerCount].join(" "));
}

describe("createSettlement", () => {
  test("starts one that rolls every shard first", async () => {
    const shop = await busy(ann);
    const body = { through: month(3), customers: [bob, ann, bob] };
    expect(expectOk(await createSettlement(shop, { merchant, body }))).toMatchObject({
      id: "st_id1",
      status: "rolling",
      through: "2026-04-01T00:00:00.000Z",
      dryRun: false,
    });
    expect(shop.queue.asked.map(({ ask }) => ask)).toEqual(["roll", "advance"]);
    expect(await shop.settlements.settlement(merchant, "st_id1")).toMatchObject({
      customers: [ann, bob],
      cutAt: "through",
    });
  });

  test.for([
    { customers: undefined, sealed: ["ann", "bob"], why: "of all customers" },
    { customers: [bob], sealed: ["bob"], why: "of those that are named" },
    { customers: [], sealed: [], why: "of none" },
    { customers: [customerId("nobody")], sealed: [], why: "of one that nobody knows" },
  ])("seals $sealed: $why", async ({ customers, sealed }) => {
    const shop = await busy(ann, bob);
    await createSettlement(shop, { merchant, body: { through: month(3), customers } });
    await shop.drain();
    const found = await Promise.all(
      [ann, bob].map(async (customer) => (await shop.seals.latestSeal(refOf(customer)))?.customer.customer),
    );
    expect(found.filter((customer) => customer !== undefined)).toEqual(sealed);
    expect(await listOf(shop)).toEqual([`st_id1 done ${customers?.length ?? 2}`]);
  });

  test("counts in a dry run what it would bill, and seals nothing", async () => {
    const shop = await busy(ann, bob);
    await createSettlement(shop, { merchant, body: { through: month(3), dryRun: true } });
    await shop.drain();
    const settlement = await shop.settlements.settlement(merchant, "st_id1");
    expect([settlement?.status, settlement?.invoiceCount, settlement?.totals?.length]).toEqual(["done", 2, 1]);
    expect(await shop.seals.latestSeal(refOf(ann))).toBeUndefined();
    expect((await shop.invoices.invoices(merchant, { limit: 9 })).entries).toEqual([]);
  });
});

describe("planSettlements", () => {
  test.for([
    { time: month(3) - 1, ids: [], why: "nobody's month is over" },
    { time: month(3), ids: ["st_2026040100 done 2"], why: "both are due" },
    { time: month(3) + 3 * day, ids: ["st_2026040400 done 2"], why: "fired days late, it does what was missed" },
  ])("starts $ids: $why", async ({ time, ids }) => {
    const shop = await busy(ann, bob);
    shop.at(time);
    await planSettlements(shop);
    await shop.drain();
    expect(await listOf(shop)).toEqual(ids);
  });

  test("is keyed by the hour: fired twice it starts one, and later none for those that are sealed", async () => {
    const shop = await busy(ann);
    shop.at(month(3) + 10 * minute);
    await Promise.all([planSettlements(shop), planSettlements(shop)]);
    await shop.drain();
    await planSettlements(shop);
    shop.at(month(3) + 70 * minute);
    await planSettlements(shop);
    await shop.drain();
    expect(await listOf(shop)).toEqual(["st_2026040100 done 1"]);
    shop.at(month(4));
    await planSettlements(shop);
    await shop.drain();
    expect(await listOf(shop)).toEqual(["st_2026050100 done 1", "st_2026040100 done 1"]);
    const seals = await shop.seals.seals(refOf(ann));
    expect(seals.map(({ frontier }) => frontier.cut)).toEqual([month(3), month(4)]);
  });

  test("starts one for each merchant", async () => {
    const shop = await busy(ann);
    const other = merchantId("other");
    await shop.rolls.plans.startShardPlan(other, await shop.rolls.plans.shardPlan(merchant));
    await shop.customers.noteCustomer(
      { merchant: other, id: ann, known: true, createdAt: start, updatedAt: start },
      month(3),
    );
    shop.at(month(3));
    await planSettlements(shop);
    await shop.drain();
    for (const owner of [merchant, other]) {
      expect((await shop.settlements.settlement(owner, "st_2026040100"))?.customerCount).toBe(1);
    }
  });

  test("pushes on those that stand still, whatever message was lost", async () => {
    const shop = await busy(ann);
    await createSettlement(shop, { merchant, body: { through: month(3) } });
    for (let lost = 0; lost < 6; lost++) {
      const kept = shop.queue.asked.splice(0).slice(0, 1);
      shop.queue.asked.push(...kept);
      await shop.drain();
      await planSettlements(shop);
    }
    await shop.drain();
    expect(await listOf(shop)).toEqual(["st_id1 done 1"]);
  });

  test("that died between chunks goes on with those that it stored, also when others fell due since", async () => {
    const customers = many(150);
    const run = async (point?: CrashPoint) => {
      const shop = await busy(...customers.slice(1));
      shop.at(month(3));
      const { stores, calls } = crashing<BillingWorld>(shop, point);
      await survive(() => planSettlements(stores));
      const [first = ann] = customers;
      await shop.send({ ...charge("a", start, "1.004"), customer: first });
      await shop.seal(start, { id: "roll", dryRun: true });
      await shop.customers.setDue(merchant, [{ customer: first, dueAt: month(3) }]);
      shop.at(month(3) + minute);
      await planSettlements(shop);
      await shop.drain();
      shop.at(month(3) + 2 * hour);
      await planSettlements(shop);
      await shop.drain();
      const { settlements } = await shop.settlements.settlements(merchant, { limit: 9 });
      expect(settlements.map(({ status }) => status)).not.toContain("rolling");
      const counted = settlements.reduce((sum, { invoiceCount = 0 }) => sum + invoiceCount, 0);
      expect([counted, settlements.reduce((sum, { customerCount = 0 }) => sum + customerCount, 0)]).toEqual([150, 150]);
      for (const customer of customers)
        expect(await shop.seals.latestSeal(refOf(customer))).toMatchObject({ number: 1 });
      return calls;
    };
    const calls = await run();
    for (const [index, name] of calls.entries()) {
      if (name === "putChunk" || name === "createSettlement") await run({ call: index + 1, when: "after" });
    }
    expect(calls.filter((name) => name === "putChunk").length).toBeGreaterThanOrEqual(2);
  });
});
