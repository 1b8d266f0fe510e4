import { customerId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { putCustomer } from "./put-customer.ts";
import { ann, billingWorld, charge, day, hour, linesOf, merchant, request, start } from "./world.fixture.ts";

describe("settleCustomer of a customer without facts", () => {
  test("seals it empty, and once a settlement", async () => {
    const shop = await billingWorld();
    await putCustomer(shop, { merchant, id: ann, body: {} });
    const seal = await shop.seal(start + hour, { id: "st" });
    expect([seal?.frontier.entry, seal?.invoices]).toEqual([0, []]);
    await shop.send(request("a", start));
    expect(await shop.seal(start + hour, { id: "st" })).toEqual(seal);
  });

  test("seals no name that nobody put and no event named", async () => {
    const shop = await billingWorld();
    expect(await shop.seal(start + hour, { customer: customerId("nobody") })).toBeUndefined();
  });

  test("leaves its zone open, and lets its first plan charge for all", async () => {
    const shop = await billingWorld();
    await putCustomer(shop, { merchant, id: ann, body: {} });
    await shop.seal(start + hour);
    await putCustomer(shop, { merchant, id: ann, body: { plan: "basic", timezone: "Asia/Kolkata" } });
    await shop.send(request("a", start), charge("c", start, "0.5"));
    shop.at(start + day);
    const seal = await shop.seal();
    expect(linesOf(seal?.invoices[0])).toEqual(["usage r 1 0.0004", "charges charge 0.5 0.5"]);
    expect(seal?.timezone).toBe("Asia/Kolkata");
  });
});
