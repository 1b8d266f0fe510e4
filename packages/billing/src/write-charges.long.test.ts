import type { Fact, Meter } from "@farthing/metering";
import { decimal, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createSettlement } from "./create-settlement.ts";
import { listCharges } from "./list-charges.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bytes,
  hour,
  merchant,
  month,
  planOf,
  refOf,
  request,
  requests,
  start,
  subscription,
} from "./world.fixture.ts";
import { chargedInvoice, fewEvents, writeCharges } from "./write-charges.ts";

const users: Meter = { ...requests, key: "users", aggregation: "unique_count", value: "bytes", revision: 2 };
const unique = { key: "u", model: "per_unit", meter: "users", unitPrice: decimal("0.3") } as const;
const counted = { key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.0004") } as const;

async function subscribed(prices: Parameters<typeof planOf>[1]): Promise<BillingWorld> {
  const shop = await billingWorld([planOf("basic", prices)]);
  await shop.meters.publishMeters(merchant, { revision: 2, meters: [bytes, requests, users] });
  await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
  return shop;
}

const many = (count: number): readonly Fact[] =>
  Array.from({ length: count }, (_, at) => request(`e${at}`, start + (at % 1000), { data: { bytes: at } }));

async function settled(shop: BillingWorld): Promise<void> {
  shop.at(start + hour);
  await createSettlement(shop, { merchant, body: { through: start + hour, customers: [ann] } });
}

async function indexOf(shop: BillingWorld) {
  const seal = await shop.seals.latestSeal(refOf(ann));
  const [invoice] = seal?.invoices ?? [];
  if (seal === undefined || invoice === undefined) throw new Error("nothing was sealed");
  return await shop.indexes.chargeIndex(chargedInvoice(seal, invoice));
}

describe("the charges of an invoice", () => {
  test("are written as it is sealed, where many events make its pages grow deep", async () => {
    const shop = await subscribed({ prices: [unique] });
    await shop.send(...many(fewEvents + 1));
    await settled(shop);
    await shop.drain();
    const index = await indexOf(shop);
    expect(index?.blocks.map(({ lines }) => lines)).toEqual([[0], [0], [0]]);
    const page = await listCharges(shop, { merchant, id: "inv_ann_1_USD", limit: 500 });
    expect(expectOk(page).items).toHaveLength(500);
    expect(shop.queue.asked).toEqual([]);
  });

  test.for([
    { prices: [unique], events: fewEvents, why: "there are few events" },
    { prices: [counted], events: fewEvents + 1, why: "a cursor holds all that a page needs" },
  ])("are not written where $why", async ({ prices, events }) => {
    const shop = await subscribed({ prices });
    await shop.send(...many(events));
    await settled(shop);
    await shop.drain();
    expect(await indexOf(shop)).toBeUndefined();
    const page = await listCharges(shop, { merchant, id: "inv_ann_1_USD", limit: 1 });
    expect(expectOk(page).items).toHaveLength(1);
    expect(shop.queue.asked).toEqual([]);
  });

  test("are asked to be written by the first page, where nobody did", async () => {
    const shop = await subscribed({ prices: [unique] });
    await shop.send(...many(fewEvents + 1));
    await shop.seal(start + hour, { id: "st_1" });
    const id = "inv_ann_1_USD";
    const first = expectOk(await listCharges(shop, { merchant, id, limit: 2 }));
    expect(shop.queue.asked).toEqual([{ ask: "write", merchant, settlement: "st_1", customer: ann, seal: 1 }]);
    const second = { merchant, id, limit: 2, after: first.next };
    const folded = expectOk(await listCharges(shop, second));
    expect(shop.queue.asked).toHaveLength(1);
    await shop.drain();
    expect(expectOk(await listCharges(shop, second))).toEqual({ items: folded.items, next: expect.any(String) });
  });

  test("are written again to the same, and of a seal that is not there not at all", async () => {
    const shop = await subscribed({ prices: [unique] });
    await shop.send(...many(3));
    await shop.seal(start + hour);
    const name = { customer: refOf(ann), seal: 1 };
    await writeCharges(shop, name, 2);
    const index = await indexOf(shop);
    expect(index?.blocks).toHaveLength(1);
    await writeCharges(shop, name, 2);
    expect(await indexOf(shop)).toEqual(index);
    await expect(writeCharges(shop, { ...name, seal: 2 })).rejects.toThrow("not there");
  });
});
