import { describe, expect, test } from "vitest";
import { linesOf } from "./lines-of.fixture.ts";
import { billingWorld, day, flat, month, planOf, request, start, subscription } from "./world.fixture.ts";

describe("rateSeal", () => {
  test("charges a flat price once a period, however many seals without usage lie between", async () => {
    const shop = await billingWorld([planOf("basic", { prices: [flat("2", "in_advance"), flat("1", "in_arrears")] })]);
    await shop.subscriptions.addSubscription(subscription());
    await shop.send(request("a", start));
    const charged: (readonly string[])[] = [];
    for (const through of [start + day, start + 2 * day, start + 3 * day, month(3) + day, month(3) + 2 * day]) {
      shop.at(through);
      charged.push(linesOf((await shop.seal(through))?.invoices[0]));
    }
    expect(charged).toEqual([
      ["flat fee in_advance 1 2"],
      [],
      [],
      ["flat fee in_arrears 1 1", "flat fee in_advance 1 2"],
      [],
    ]);
  });
});
