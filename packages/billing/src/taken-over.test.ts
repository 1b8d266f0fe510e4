import { decimal, formatPicos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { linesOf } from "./lines-of.fixture.ts";
import { listCharges } from "./list-charges.ts";
import {
  billingWorld,
  day,
  flat,
  hour,
  merchant,
  month,
  planOf,
  request,
  start,
  subscription,
} from "./world.fixture.ts";

const basic = planOf("basic", { prices: [...planOf("basic").prices, flat("2", "in_advance")] });
const other = planOf("other", {
  prices: [{ key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.0007") }],
});

async function movedShop(more: Parameters<typeof subscription>[0]) {
  const shop = await billingWorld([basic, other]);
  await shop.subscriptions.addSubscription(subscription());
  await shop.send(request("a", start), request("b", start + 2 * hour));
  shop.at(start + 3 * hour);
  const first = await shop.seal(start + 3 * hour);
  await shop.subscriptions.addSubscription(
    subscription({ id: "s2", plan: "other", createdAt: start + 3 * hour, ...more }),
  );
  shop.at(start + 4 * hour);
  const second = await shop.seal(start + 4 * hour);
  return { ...shop, first, second };
}

describe("a subscription that begins in sealed time", () => {
  test.for([
    {
      from: start + hour,
      lines: ["flat fee in_advance 0 -1.905913978495", "usage r -1 -0.0004", "usage r 1 0.0007"],
      why: "what fell into its time moves to it, fees by time, the rest stays",
    },
    {
      from: start - day,
      lines: ["adjustment r -2 -0.0008", "flat fee in_advance 0 -1.97311827957", "usage r 2 0.0014"],
      why: "all usage moves, and of the flat price what is left is for ten hours",
    },
    {
      from: 0,
      lines: ["adjustment fee in_advance -1 -2", "adjustment r -2 -0.0008", "usage r 2 0.0014"],
      why: "the earlier one holds nothing any more, and its flat price goes too",
    },
  ])("from $from takes over: $why", async ({ from, lines, why }) => {
    const { second } = await movedShop({ start: from });
    expect(linesOf(second?.invoices[0]).toSorted(), why).toEqual(lines.toSorted());
  });

  test("lists the charges that moved, and adds them up to its lines", async () => {
    const shop = await movedShop({ start: start + hour });
    const page = await listCharges(shop, { merchant, id: "inv_ann_2_USD", limit: 10 });
    const items = page.ok
      ? page.value.items.map(({ id, quantity, amount, running }) => [id, quantity, amount, running])
      : [];
    expect(items).toEqual([
      ["b", "-1", "-0.0004", "-0.0004"],
      ["b", "1", "0.0007", "0.0003"],
    ]);
    expect(shop.second?.invoices.map(({ exact }) => formatPicos(exact))).toEqual(["-1.905613978495"]);
  });

  test("itemises events of no value on both sides, though no line comes to anything", async () => {
    const free = {
      ...basic,
      prices: [{ key: "b", model: "per_unit", meter: "bytes", unitPrice: decimal("1") }],
    } as const;
    const shop = await billingWorld([free, { ...free, key: "other" }]);
    await shop.subscriptions.addSubscription(subscription());
    const nothing = (id: string, time: number) => request(id, time, { data: { bytes: 0, region: "eu" } });
    await shop.send(nothing("a", start), nothing("b", start + 2 * hour));
    shop.at(start + 3 * hour);
    await shop.seal(start + 3 * hour);
    const next = { id: "s2", plan: "other", createdAt: start + 3 * hour };
    await shop.subscriptions.addSubscription(subscription({ ...next, start: start + hour }));
    shop.at(start + 4 * hour);
    expect(linesOf((await shop.seal(start + 4 * hour))?.invoices[0])).toEqual(["usage b 0 0", "usage b 0 0"]);
    await shop.subscriptions.addSubscription(
      subscription({ ...next, id: "s3", createdAt: start + 4 * hour, start: 0 }),
    );
    shop.at(start + 5 * hour);
    expect(linesOf((await shop.seal(start + 5 * hour))?.invoices[0]).toSorted()).toEqual([
      "adjustment b 0 0",
      "usage b 0 0",
    ]);
  });

  test("is charged once", async () => {
    const shop = await movedShop({ start: 0 });
    shop.at(start + 5 * hour);
    expect((await shop.seal(month(3) - 1))?.invoices).toEqual([]);
  });
});
