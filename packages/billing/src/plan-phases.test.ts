import { decimal } from "@farthing/money";
import type { Interval } from "@farthing/pricing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linesOf } from "./lines-of.fixture.ts";
import { phaseEnds, phaseWindows } from "./plan-phases.ts";
import { billingWorld, chargeWindow, day, flat, hour, month, planOf, request, subscription } from "./world.fixture.ts";

const at = (text: string) => Date.parse(text);
const lasting = (interval: Interval, count: number) => ({ duration: { interval, count } });

describe("phaseEnds", () => {
  test.for([
    {
      begin: "2026-01-31T10:00Z",
      zone: "UTC",
      phases: [lasting("month", 1), lasting("month", 1), lasting("month", 1)],
      ends: ["2026-02-28T10:00Z", "2026-03-31T10:00Z", "2026-04-30T10:00Z"],
      why: "a 31st does not drift",
    },
    {
      begin: "2026-03-28T10:00Z",
      zone: "Europe/Berlin",
      phases: [lasting("day", 1), lasting("week", 2)],
      ends: ["2026-03-29T09:00Z", "2026-04-12T09:00Z"],
      why: "days are those of clocks that change",
    },
    {
      begin: "2026-01-31T00:00Z",
      zone: "UTC",
      phases: [lasting("day", 14), lasting("quarter", 1), lasting("year", 1)],
      ends: ["2026-02-14T00:00Z", "2026-05-14T00:00Z", "2027-05-14T00:00Z"],
      why: "months before days, from the beginning itself",
    },
    { begin: "2026-01-31T00:00Z", zone: "UTC", phases: [], ends: [], why: "none" },
  ])("are $ends: $why", ({ begin, zone, phases, ends }) => {
    expect(phaseEnds(phases, at(begin), zone)).toEqual(ends.map(at));
  });
});

const phased = planOf("basic", {
  prices: [...planOf("basic").prices, flat("31", "in_advance")],
  phases: [
    { key: "trial", duration: { interval: "day", count: 10 }, free: true },
    { key: "ramp", duration: { interval: "month", count: 1 }, discount: decimal("0.5") },
  ],
});

describe("phaseWindows", () => {
  test("cut a stretch without gap, and leave its time to fees as it was", () => {
    const days = fc.integer({ min: -20, max: 80 });
    fc.assert(
      fc.property(days, fc.nat(60), days, fc.boolean(), (from, length, phasesFrom, open) => {
        const own = subscription({ start: month(2) + from * day, phasesFrom: month(2) + phasesFrom * day });
        const to = open ? Number.POSITIVE_INFINITY : own.start + (length + 1) * day;
        const fees = { from: own.start - 5 * hour, to };
        const stretch = chargeWindow({ subscription: own, from: own.start, to, fees });
        const windows = phaseWindows(stretch, phased);
        expect([windows[0]?.from, windows.at(-1)?.to]).toEqual([stretch.from, to]);
        expect([windows[0]?.fees.from, windows.at(-1)?.fees.to]).toEqual([fees.from, to]);
        for (const [index, window] of windows.slice(1).entries()) {
          expect(window.from).toBe(windows[index]?.to);
          expect(window.fees.from).toBe(windows[index]?.fees.to);
        }
        expect(new Set(windows.map(({ key }) => key)).size).toBe(windows.length);
      }),
      { seed: 1 },
    );
  });

  test("are a plan's own where it has no phases", () => {
    const stretch = chargeWindow({ from: 0 });
    expect(phaseWindows(stretch, planOf("basic"))).toEqual([stretch]);
  });
});

describe("a plan with a trial and a ramp", () => {
  async function shopWith() {
    const shop = await billingWorld([phased]);
    await shop.subscriptions.addSubscription(subscription({ start: month(2), flatFrom: month(2) }));
    await shop.send(
      request("in trial", month(2) + day),
      request("in ramp", month(2) + 10 * day),
      request("later", month(3) + 15 * day),
    );
    shop.at(month(4));
    return shop;
  }
  const charged = async (shop: Awaited<ReturnType<typeof shopWith>>, through: number, id = `${through}`) =>
    linesOf((await shop.seal(through, { id }))?.invoices[0]).toSorted();

  test("charges nothing, then a part, then all, and cuts a period where a phase ends", async () => {
    const shop = await shopWith();
    expect(await charged(shop, month(2) + 10 * day)).toEqual([]);
    expect(await charged(shop, month(3))).toEqual(["flat fee in_advance 1 10.5", "usage r 1 0.0002"]);
    // April: ten days of the ramp, twenty at the full price.
    expect(await charged(shop, month(4))).toEqual([
      "flat fee in_advance 1 20.666666666667",
      "flat fee in_advance 1 5.166666666667",
      "usage r 1 0.0004",
    ]);
    expect(await charged(shop, month(4) + 1)).toEqual(["flat fee in_advance 1 31"]);
  });

  test("charges the same by one seal at the end", async () => {
    const shop = await shopWith();
    expect(await charged(shop, month(4))).toEqual([
      "flat fee in_advance 1 10.5",
      "flat fee in_advance 1 20.666666666667",
      "flat fee in_advance 1 5.166666666667",
      "usage r 1 0.0002",
      "usage r 1 0.0004",
    ]);
  });
});
