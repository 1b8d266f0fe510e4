import { workCollections } from "@farthing/billing";
import { picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { collectingWorld, merchant } from "./collecting-world.ts";

const open = { ask: "open", merchant, settlement: "st_1" } as const;

describe("a settlement's invoices", () => {
  test("are paid off session, each once", async () => {
    const world = collectingWorld();
    await world.saveCard("ann", "pm_card_visa");
    const ref = await world.seal({ customer: "ann", total: "12.34" });
    const known = { merchant, id: ref.customer, known: true, createdAt: 0, updatedAt: 0 };
    await world.customers.putCustomer({ ...known, email: "ann@example.com", language: "ko" });
    await workCollections(world.stores, open);
    await world.work();
    const collection = await world.stores.collections.collection(ref);
    expect(collection).toMatchObject({ status: "paid", amount: picos("12.34"), notices: [] });
    expect(collection?.movement).toMatchObject({ amount: picos("12.34"), fee: picos("0.66") });
    const [payment] = world.stripe.shelves.all("payment");
    expect(payment).toMatchObject({ amount: 1234, currency: "usd", status: "succeeded" });
    expect(payment?.metadata).toMatchObject({ invoice: "inv_ann_1_USD", line_1: "12.34 Requests", events: "7" });
    expect([...world.mailer.sent.values()]).toMatchObject([{ to: "ann@example.com", subject: expect.any(String) }]);
    await world.run(40);
    expect(world.stripe.shelves.all("charge")).toHaveLength(1);
  });

  test("without a card, or with one that is declined, end written off after the schedule", async () => {
    const world = collectingWorld();
    await world.saveCard("bob", "pm_card_chargeCustomerFail");
    const refs = [
      await world.seal({ customer: "ann", total: "5.00" }),
      await world.seal({ customer: "bob", total: "5.00" }),
    ];
    await workCollections(world.stores, open);
    await world.run(50);
    for (const ref of refs) {
      const collection = await world.stores.collections.collection(ref);
      expect(collection).toMatchObject({ status: "written_off", notices: [] });
      expect(collection?.attempts).toHaveLength(5);
    }
    expect(world.stripe.shelves.all("movement")).toEqual([]);
    expect(world.stripe.shelves.all("payment")).toMatchObject([{ status: "canceled" }]);
  });
});
