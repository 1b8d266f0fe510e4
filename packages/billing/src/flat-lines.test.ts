import { formatPicos } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChargeWindow } from "./charge-window.ts";
import { flatLines } from "./flat-lines.ts";
import { linesOf } from "./lines-of.fixture.ts";
import { windowMoves } from "./window-move.ts";
import {
  billingWorld,
  chargeWindow,
  day,
  flat,
  hour,
  month,
  planOf,
  ratingOrder,
  subscription,
} from "./world.fixture.ts";

const forever = Number.POSITIVE_INFINITY;
const prices = [flat("1", "in_advance"), flat("2", "in_arrears")];

const windowOf = (from: number, to: number, flatFrom: number, interval: "month" | "day" = "month"): ChargeWindow =>
  chargeWindow({
    subscription: subscription({ start: from, flatFrom, interval }),
    plan: planOf("basic", { prices, interval }),
    from,
    to,
  });

/** The fees that are due, as "advance 03" for those of March. */
function due(window: ChargeWindow, { last, cut, charged }: { last?: number; cut: number; charged: boolean }) {
  const order = ratingOrder({
    windows: [window],
    moves: windowMoves(charged ? [window] : [], [window], last ?? Number.NEGATIVE_INFINITY),
    next: { entry: 1, cut },
    ...(last === undefined ? {} : { last: { entry: 1, cut: last } }),
  });
  return flatLines(order, window).map(({ key }) => {
    const { price, periodFrom } = key;
    return `${price.replace("fee in_", "")} ${new Date(periodFrom).toISOString().slice(5, 7)}`;
  });
}

const march = windowOf(0, forever, month(2));

describe("flatLines", () => {
  test.for([
    { cut: month(2), charged: false, lines: [], why: "at the instant a period begins" },
    { cut: month(2) + 1, charged: false, lines: ["advance 03"], why: "just after: in advance" },
    { cut: month(3) - 1, charged: false, lines: ["advance 03"], why: "just before its end" },
    { cut: month(3), charged: false, lines: ["advance 03", "arrears 03"], why: "at its end: in arrears" },
    {
      cut: month(3) + 1,
      charged: false,
      lines: ["advance 03", "arrears 03", "advance 04"],
      why: "and the next begins",
    },
    {
      cut: month(5),
      charged: false,
      lines: ["advance 03", "arrears 03", "advance 04", "arrears 04", "advance 05", "arrears 05"],
      why: "every period of a subscription that is new",
    },
    {
      last: month(4),
      cut: month(4) + 1,
      charged: true,
      lines: ["advance 04", "arrears 04", "advance 05"],
      why: "the period before the last cut is looked at again, none before it",
    },
    {
      last: month(3) - 1,
      cut: month(3),
      charged: true,
      lines: ["advance 03", "arrears 03"],
      why: "a running period is looked at again: what was charged then is no line",
    },
  ])("through $cut are $lines: $why", ({ lines, ...order }) => {
    expect(due(march, order)).toEqual(lines);
  });

  test.for([
    {
      from: 0,
      to: month(3) - 5 * day,
      cut: month(5),
      lines: ["advance 03", "arrears 03"],
      why: "ends inside a period",
    },
    { from: 0, to: month(3), cut: month(5), lines: ["advance 03", "arrears 03"], why: "ends with a period" },
    {
      from: 0,
      to: month(3) + 1,
      cut: month(4),
      lines: ["advance 03", "arrears 03", "advance 04", "arrears 04"],
      why: "reaches into one",
    },
    {
      from: month(3) - 5 * day,
      to: forever,
      cut: month(3),
      lines: ["advance 03", "arrears 03"],
      why: "begins inside one",
    },
    { from: month(3) + 5 * day, to: forever, cut: month(3), lines: [], why: "begins behind the cut" },
  ])("of a subscription that $why are whole: $lines", ({ from, to, cut, lines }) => {
    expect(due(windowOf(from, to, month(2)), { cut, charged: false })).toEqual(lines);
  });

  test("are none without flat prices", () => {
    const window = { ...march, plan: planOf("basic") };
    expect(flatLines(ratingOrder({ windows: [window] }), window)).toEqual([]);
  });
});

describe("flat prices over a chain of seals", () => {
  async function world(interval: "month" | "day" = "month") {
    const shop = await billingWorld([
      planOf("basic", { prices, interval }),
      planOf("other", { prices: [flat("5", "in_arrears")] }),
    ]);
    await shop.subscriptions.addSubscription(subscription({ interval, start: month(2), flatFrom: month(2) }));
    return shop;
  }

  test("are charged once each, wherever seals cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 * 24 }), { maxLength: 6 }), async (hours) => {
        const shop = await world();
        const cuts = [...hours.map((after) => month(2) + after * hour), month(5)].sort((a, b) => a - b);
        for (const cut of cuts) await shop.seal(cut, { id: `st${cut}` });
        const seals = await shop.seals.seals({ merchant: subscription().merchant, customer: subscription().customer });
        const lines = seals.flatMap(({ invoices }) => invoices).flatMap((invoice) => invoice.lines);
        const named = lines.map(({ key }) => `${key.price} ${key.periodFrom}`);
        expect(named.toSorted()).toEqual([...new Set(named)].sort());
        expect(lines.filter(({ key }) => key.price === "fee in_advance")).toHaveLength(3);
        expect(lines.filter(({ key }) => key.price === "fee in_arrears")).toHaveLength(3);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  test("of a subscription that is followed by another are divided by time", async () => {
    const shop = await world();
    await shop.seal(month(2) + 15 * day, { id: "a" });
    const next = {
      id: "s2",
      plan: "other",
      start: month(2) + 20 * day,
      flatFrom: month(2) + 20 * day,
      createdAt: month(2),
    };
    await shop.subscriptions.addSubscription(subscription(next));
    const seal = await shop.seal(month(4), { id: "b" });
    expect(linesOf(seal?.invoices[0]).toSorted()).toEqual([
      "flat fee in_advance 0 -0.354838709677",
      "flat fee in_arrears 1 1.290322580645",
      "flat fee in_arrears 1 1.774193548387",
      "flat fee in_arrears 1 5",
    ]);
  });

  test("of a subscription that was made since the last seal are charged from its start", async () => {
    const shop = await billingWorld([planOf("basic", { prices })]);
    await shop.send();
    await shop.seal(month(3), { id: "a" });
    await shop.subscriptions.addSubscription(
      subscription({ start: month(2), flatFrom: month(2), createdAt: month(3) + 1 }),
    );
    const seal = await shop.seal(month(3) + 1, { id: "b" });
    expect(linesOf(seal?.invoices[0])).toHaveLength(3);
    expect(formatPicos(seal?.invoices[0]?.exact ?? (0n as never))).toBe("4");
  });
});
