import { customerId, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { getSubscription, listSubscriptions } from "./read-subscriptions.ts";
import { createSubscription } from "./subscribe.ts";
import { ann, billingWorld, bob, day, merchant, start, subscription } from "./world.fixture.ts";

async function withThree() {
  const shop = await billingWorld();
  for (const id of [bob, ann, customerId("Cid")]) {
    await shop.customers.putCustomer({ merchant, id, known: true, createdAt: start, updatedAt: start });
    await shop.subscriptions.addSubscription(subscription({ customer: id, id: `s-${id}` }));
  }
  return shop;
}

describe("subscriptions", () => {
  test.for([1, 2, 3, 9])("are listed whole, %i at a time", async (limit) => {
    const shop = await withThree();
    const items: { readonly id: string; readonly status: string }[] = [];
    let after: string | undefined;
    do {
      const page = expectOk(await listSubscriptions(shop, { merchant, limit, after }));
      expect(page.items.length).toBeLessThanOrEqual(limit);
      items.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    expect(items.map(({ id }) => id).toSorted()).toEqual(["s-Cid", "s-ann", "s-bob"]);
  });

  test("are listed for one customer, in order of their starts", async () => {
    const shop = await withThree();
    await shop.subscriptions.addSubscription(subscription({ id: "later", start: start + 1 }));
    const { items } = expectOk(await listSubscriptions(shop, { merchant, customer: ann, limit: 9 }));
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      ["s-ann", "active"],
      ["later", "scheduled"],
    ]);
  });

  test("are shown as they stand, or not found", async () => {
    const shop = await withThree();
    const { id } = expectOk(await createSubscription(shop, { merchant, customer: ann, plan: "basic", start }));
    expect(expectOk(await getSubscription(shop, { merchant, id })).status).toBe("active");
    await shop.subscriptions.addSubscription(subscription({ id: "later", start: start + day }));
    shop.at(start + day);
    const end = new Date(start + day).toISOString();
    expect(expectOk(await getSubscription(shop, { merchant, id }))).toMatchObject({ status: "ended", end });
    for (const unknown of ["s-ann", "sub_ann_1", "sub_bob_000000000000000000000000", ""])
      expect(await getSubscription(shop, { merchant, id: unknown })).toEqual({
        ok: false,
        error: { code: "not_found" },
      });
  });
});
