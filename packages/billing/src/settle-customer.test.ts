import { customerId } from "@farthing/money";
import { type Interval, intervals } from "@farthing/pricing";
import { describe, expect, test } from "vitest";
import { linesOf } from "./lines-of.fixture.ts";
import { putCustomer } from "./put-customer.ts";
import { periodZone, settleCustomer } from "./settle-customer.ts";
import {
  ann,
  billingWorld,
  charge,
  day,
  hour,
  merchant,
  planOf,
  refOf,
  request,
  start,
  subscription,
} from "./world.fixture.ts";

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

describe("a scheduled settlement", () => {
  const cutsAt: Readonly<Record<Interval, string>> = {
    day: "2026-08-20",
    week: "2026-08-17",
    month: "2026-08-01",
    quarter: "2026-08-01",
    year: "2026-08-01",
  };
  test.for(intervals)(
    "cuts a customer with periods of a %s where one ends, or a month of a longer one",
    async (interval) => {
      const shop = await billingWorld([planOf("basic", { interval })]);
      await shop.subscriptions.addSubscription(subscription({ interval }));
      const through = Date.parse("2026-08-20T10:00Z");
      const settlement = { id: "st", through, cutAt: "period", createdAt: through, dryRun: false } as const;
      const { seal } = await settleCustomer(shop, refOf(ann), settlement);
      expect(new Date(seal?.frontier.cut ?? 0).toISOString().slice(0, 10)).toBe(cutsAt[interval]);
    },
  );

  test("cuts months inside an anchored year on the anchor's day", () => {
    const yearly = subscription({ interval: "year", anchor: "2024-01-31" });
    const zone = periodZone([yearly], Date.parse("2026-03-05T00:00Z"), { timezone: "UTC" });
    expect(zone).toEqual({ interval: "month", timezone: "UTC", anchor: "2024-01-31" });
  });
});
