import { propertyTimes } from "@farthing/metering/property-times";
import { formatPicos, noMoney, picos, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyModel } from "./every-model.fixture.ts";
import { linesOf } from "./lines-of.fixture.ts";
import { rollEverything } from "./run-settlement.ts";
import type { Seal } from "./seal.ts";
import { chainOf, chargesOf, steps } from "./seal-steps.fixture.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  day,
  hour,
  merchant,
  month,
  planOf,
  refOf,
  request,
  start,
  subscription,
  voiding,
} from "./world.fixture.ts";

async function subscribed(): Promise<BillingWorld> {
  const other = planOf("other", { prices: everyModel.toReversed() });
  const shop = await billingWorld([planOf("basic", { prices: everyModel }), other]);
  await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
  return shop;
}

/** Whether events are behind a line. */
const hasEvents = (price: string) => !price.endsWith("#minimum") && !price.endsWith("#base");

const sized = (id: string, after: number, size: string, region = "eu") =>
  request(id, start + after * hour, { data: { bytes: size, region } });

describe("a plan with a price of each model", () => {
  test("bills a period's usage by each", async () => {
    const shop = await subscribed();
    await shop.send(sized("a", 0, "3"), sized("b", 1, "2", "us"), sized("c", 2, "1.5"));
    shop.at(month(3) + hour);
    expect(linesOf((await shop.seal(month(3)))?.invoices[0]).toSorted()).toEqual([
      "minimum owed#base 1 0.875",
      "minimum pc#minimum 1 0.02",
      "minimum volume#minimum 1 2.49999935",
      "usage capacity 6.5 11",
      "usage capped 6.5 1.9",
      "usage dynamic 6.5 7.15",
      "usage flatpc 6.5 1.0885",
      "usage graduated 6.5 1.933333366667",
      "usage matrix#1 4.5 0.0035",
      "usage matrix#otherwise 2 0.002",
      "usage owed 6.5 1.5750000875",
      "usage package 6.5 3.6",
      "usage pc 6.5 0.28",
      "usage steps 6.5 0.3",
      "usage thousands 6.5 2.8",
      "usage unit 6.5 0.071428571429",
      "usage volume 6.5 0.00000065",
    ]);
  });

  const lines = (seal: Seal | undefined) => linesOf(seal?.invoices[0]).toSorted();

  test("owes what its prices charge without usage when the period is over, and once", async () => {
    const shop = await subscribed();
    await shop.send(request("other", start, { type: "other" }));
    shop.at(month(3) + hour);
    expect(lines(await shop.seal(month(3) - hour))).toEqual([]);
    expect(lines(await shop.seal(month(3)))).toEqual([
      "minimum matrix#minimum 1 0.004",
      "minimum owed#base 1 0.875",
      "minimum package#minimum 1 3",
      "minimum pc#minimum 1 0.3",
      "minimum volume#minimum 1 2.5",
    ]);
    expect(lines(await shop.seal(month(3) + hour))).toEqual([]);
  });

  test("takes a minimum back as far as late usage reaches it", async () => {
    const prices = everyModel.filter(({ key }) => key === "package");
    const shop = await billingWorld([planOf("basic", { prices })]);
    await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
    await shop.send(sized("a", 0, "1"));
    shop.at(month(3) + hour);
    expect(lines(await shop.seal(month(3) - hour))).toEqual(["usage package 1 1.2"]);
    expect(lines(await shop.seal(month(3)))).toEqual(["minimum package#minimum 1 1.8"]);
    await shop.send(sized("b", 1, "2"));
    expect(lines(await shop.seal(month(3) + 1))).toEqual([
      "adjustment package 2 1.2",
      "adjustment package#minimum 0 -1.2",
    ]);
    await shop.send(sized("c", 1, "9"));
    expect(lines(await shop.seal(month(3) + 2))).toEqual([
      "adjustment package 9 3.6",
      "adjustment package#minimum -1 -0.6",
    ]);
    await shop.send(voiding("c", start + hour));
    expect(lines(await shop.seal(month(3) + 3))).toEqual([
      "adjustment package -9 -3.6",
      "adjustment package#minimum 1 0.6",
    ]);
  });

  test("owes the part of a minimum for which a subscription held the period", async () => {
    const prices = everyModel.filter(({ key }) => key === "package");
    const shop = await billingWorld([planOf("basic", { prices }), planOf("other", { prices: [] })]);
    const from = month(2) + 7.75 * day;
    await shop.subscriptions.addSubscription(subscription({ start: from, flatFrom: from }));
    await shop.send(request("other", from, { type: "other" }));
    shop.at(month(3) + hour);
    expect(lines(await shop.seal(month(3)))).toEqual(["minimum package#minimum 1 2.25"]);
    const next = { id: "s2", plan: "other", createdAt: month(3) + hour };
    const half = month(2) + 15.5 * day;
    await shop.subscriptions.addSubscription(subscription({ ...next, start: half, flatFrom: half }));
    expect(lines(await shop.seal(month(3) + hour))).toEqual(["adjustment package#minimum 0 -1.5"]);
  });

  test("is itemised to the exact amount of each line, whatever came late, was voided or changed", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const shop = await subscribed();
        for (const seal of await chainOf(shop, all)) {
          for (const { currency, lines } of seal.invoices) {
            const items = await chargesOf(shop, seal, { currency });
            for (const { id, key, exact } of lines) {
              const own = items.filter(({ line }) => line === id).map(({ amount }) => picos(amount));
              expect([key.price, formatPicos(sum(own))]).toEqual([
                key.price,
                formatPicos(hasEvents(key.price) ? exact : noMoney),
              ]);
            }
          }
        }
      }),
      { numRuns: 5 * propertyTimes, seed: 6 },
    );
  });

  test("bills in sum what one seal would bill at the end, price by price", async () => {
    const unchanged = steps.map((all) => all.map(([sent, cut]) => ({ sent, cut })));
    await fc.assert(
      fc.asyncProperty(unchanged, async (all) => {
        const [shop, atOnce] = [await subscribed(), await subscribed()];
        const seals = await chainOf(
          shop,
          [...all, { sent: [], cut: 75 * 24 }].map(({ sent, cut }) => [sent, cut, "nothing"]),
        );
        atOnce.at(month(4));
        for (const { sent } of all) {
          await atOnce.send(...sent);
          await rollEverything(atOnce.rolls, merchant, 0);
        }
        await atOnce.seal(month(2) + 75 * day);
        const atLast = await atOnce.seals.seals(refOf(ann));
        expect(byPrice(seals)).toEqual(byPrice(atLast));
      }),
      { numRuns: 7 * propertyTimes, seed: 3 },
    );
  });
});

/** What each price came to over some seals, nothing left out. */
function byPrice(seals: readonly Seal[]): Readonly<Record<string, string>> {
  const lines = seals.flatMap(({ invoices }) => invoices.flatMap((invoice) => invoice.lines));
  const sums = [...Map.groupBy(lines, ({ key }) => key.price)].map(
    ([price, own]) => [price, formatPicos(sum(own.map(({ exact }) => exact)))] as const,
  );
  return Object.fromEntries(sums.filter(([, exact]) => exact !== "0"));
}
