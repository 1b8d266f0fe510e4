import { customerId, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { getCustomer, listCustomers } from "./read-customers.ts";
import { ann, billingWorld, bob, merchant, start } from "./world.fixture.ts";

async function withThree() {
  const shop = await billingWorld();
  for (const id of [bob, ann, customerId("Cid")]) {
    await shop.customers.putCustomer({ merchant, id, known: true, createdAt: start, updatedAt: start });
  }
  return shop;
}

/** Reads a list page by page. */
async function all<T>(
  limit: number,
  page: (after: string | undefined) => Promise<{ items: readonly T[]; next?: string }>,
) {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const read = await page(after);
    expect(read.items.length).toBeLessThanOrEqual(limit);
    items.push(...read.items);
    after = read.next;
  } while (after !== undefined);
  return items;
}

describe("customers", () => {
  test("are shown, or not found", async () => {
    const shop = await withThree();
    expect(expectOk(await getCustomer(shop, { merchant, id: ann })).id).toBe("ann");
    expect(await getCustomer(shop, { merchant, id: customerId("x") })).toEqual({
      ok: false,
      error: { code: "not_found" },
    });
  });

  test.for([1, 2, 3, 9])("are listed in order of ids, %i at a time", async (limit) => {
    const shop = await withThree();
    const items = await all(limit, async (after) => expectOk(await listCustomers(shop, { merchant, limit, after })));
    expect(items.map(({ id }) => id)).toEqual(["Cid", "ann", "bob"]);
  });
});
