import { customerId, formatPicos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createSettlement } from "./create-settlement.ts";
import { linesOf } from "./lines-of.fixture.ts";
import { takeStep } from "./run-settlement.ts";
import { settleChunk } from "./settle-chunk.ts";
import type { Settlements } from "./settlement.ts";
import { ann, billingWorld, hour, merchant, refOf, request, start, subscription } from "./world.fixture.ts";

async function shopWithAnn() {
  const shop = await billingWorld();
  await shop.customers.noteCustomer({ merchant, id: ann, known: true, createdAt: start, updatedAt: start }, start);
  await shop.subscriptions.addSubscription(subscription());
  return shop;
}

describe("settleChunk", () => {
  test("done twice by clocks that are apart, seals once and counts what it sealed", async () => {
    const shop = await shopWithAnn();
    await shop.send(request("a", start));
    shop.at(start + hour + 4_000);
    await createSettlement(shop, { merchant, body: { through: start + hour } });
    shop.at(start + hour);
    await shop.drain();
    await settleChunk(shop, { merchant, id: "st_id1", chunk: 0 });
    expect((await shop.seals.seals(refOf(ann))).map(({ settlement }) => settlement)).toEqual(["st_id1"]);
  });

  test("done again when something came, does not bill it: its settlement found nothing, and said so", async () => {
    const shop = await shopWithAnn();
    for (const _ of ["st_id1", "st_id2"]) {
      await createSettlement(shop, { merchant, body: { through: start + hour } });
      await shop.drain();
    }
    await shop.send(request("late", start));
    await shop.seal(start + hour, { id: "st_id2" });
    await settleChunk(shop, { merchant, id: "st_id2", chunk: 0 });
    const settlement = await shop.settlements.settlement(merchant, "st_id2");
    expect(settlement?.invoiceCount).toBe(0);
    const sealed = (await shop.seals.seals(refOf(ann))).filter((seal) => seal.settlement === "st_id2");
    expect(sealed.flatMap(({ invoices }) => invoices)).toEqual([]);
    const next = await shop.seal(start + hour, { id: "st_next" });
    expect(linesOf(next?.invoices[0])).toEqual(["usage r 1 0.0004"]);
  });
});

describe("advanceSettlement", () => {
  test("run by two at once, sends one list of customers, whoever came in between", async () => {
    const shop = await shopWithAnn();
    await shop.send(request("a", start));
    await createSettlement(shop, { merchant, body: { through: start + hour } });
    const roll = shop.queue.asked.shift();
    if (roll !== undefined) await takeStep(shop, roll);
    const bob = customerId("bob");
    // Before the first process can say how many chunks it sent, a customer comes in, and another process sends its own.
    const cutIn = async (...args: Parameters<Settlements["advance"]>) => {
      const seen = { merchant, id: bob, known: false, createdAt: start, updatedAt: start };
      await shop.customers.noteCustomer(seen, start);
      await takeStep(shop, { ask: "advance", merchant, settlement: "st_id1" });
      return await shop.settlements.advance(...args);
    };
    const settlements = new Proxy(shop.settlements, {
      get(target, name) {
        const method: unknown = name === "advance" ? cutIn : Reflect.get(target, name, target);
        return typeof method === "function" ? method.bind(target) : method;
      },
    });
    const interrupted = { ...shop, settlements };
    await takeStep(interrupted, { ask: "advance", merchant, settlement: "st_id1" });
    await shop.drain();
    const settlement = await shop.settlements.settlement(merchant, "st_id1");
    expect([settlement?.status, settlement?.chunks, settlement?.customerCount]).toEqual(["done", 1, 1]);
    expect(settlement?.totals?.map(({ exact }) => formatPicos(exact))).toEqual(["0.0004"]);
    expect(await shop.seals.latestSeal(refOf(bob))).toBeUndefined();
  });
});
