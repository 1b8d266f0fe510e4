import { describe, expect, test } from "vitest";
import type { ChargeWindow } from "./charge-window.ts";
import { type Touched, touchedPeriods, withoutRepeats } from "./touched-period.ts";
import { chargeWindow, day, hour, month, planOf, ratingOrder, subscription } from "./world.fixture.ts";

const windowOf = (
  from: number,
  to: number,
  { id = "s1", interval = "month" as "month" | "day", timezone = "UTC" } = {},
): ChargeWindow =>
  chargeWindow({
    subscription: subscription({ id, interval, timezone, start: from }),
    plan: planOf("basic", { interval }),
    from,
    to,
  });

const date = (time: number) => new Date(time).toISOString().slice(5, 16).replace("T00:00", "");
const shown = (all: readonly Touched[]) =>
  all.map(
    ({ window, period, range }) =>
      `${window?.subscription.id ?? "charges"} ${date(period.from)} ${date(period.to)}: ${date(range.from)} ${date(range.to)}`,
  );
const forever = Number.POSITIVE_INFINITY;
const noon = 12 * hour;

describe("touchedPeriods", () => {
  test.for<{ windows: ChargeWindow[]; stretches: [from: number, to: number][]; periods: string[]; why: string }>([
    { windows: [windowOf(0, forever)], stretches: [], periods: [], why: "nothing is new" },
    {
      windows: [],
      stretches: [[month(2) + noon, month(2) + day]],
      periods: ["charges 03-01 04-01: 03-01 04-01"],
      why: "without a subscription, the months of direct charges",
    },
    {
      windows: [windowOf(0, forever)],
      stretches: [[month(2) + noon, month(2) + day]],
      periods: ["s1 03-01 04-01: 03-01 04-01", "charges 03-01 04-01: 03-01 04-01"],
      why: "a period is rated whole, also for one new fact",
    },
    {
      windows: [windowOf(0, month(2) + day), windowOf(month(2) + day, forever, { id: "s2" })],
      stretches: [[month(2), month(2) + 2 * day]],
      periods: ["s1 03-01 04-01: 03-01 03-02", "s2 03-01 04-01: 03-02 04-01", "charges 03-01 04-01: 03-01 04-01"],
      why: "each subscription its part of a period",
    },
    {
      windows: [windowOf(0, forever, { interval: "day" })],
      stretches: [[month(2) + noon, month(2) + day + 1]],
      periods: ["s1 03-01 03-02: 03-01 03-02", "s1 03-02 03-03: 03-02 03-03", "charges 03-01 04-01: 03-01 04-01"],
      why: "every period that a stretch falls into",
    },
    {
      windows: [windowOf(0, forever, { interval: "day" })],
      stretches: [[month(2) + noon, month(2) + day]],
      periods: ["s1 03-01 03-02: 03-01 03-02", "charges 03-01 04-01: 03-01 04-01"],
      why: "a stretch's end is not in it",
    },
    {
      windows: [],
      stretches: [
        [month(3) - 1, month(3)],
        [month(2), month(2) + 1],
        [month(1), month(1) + 1],
      ],
      periods: ["charges 02-01 03-01: 02-01 03-01", "charges 03-01 04-01: 03-01 04-01"],
      why: "each period once, in order",
    },
    {
      windows: [windowOf(0, forever)],
      stretches: [[month(3), month(3) + day]],
      periods: [],
      why: "behind the new cut nothing is rated",
    },
    {
      windows: [windowOf(month(2) + 5 * day, forever)],
      stretches: [[month(2), month(2) + day]],
      periods: ["charges 03-01 04-01: 03-01 04-01"],
      why: "before a subscription nothing is charged by it",
    },
    {
      windows: [windowOf(0, forever, { interval: "day", timezone: "Asia/Kolkata" })],
      stretches: [[month(2), month(2) + 1]],
      periods: ["s1 02-28T18:30 03-01T18:30: 02-28T18:30 03-01T18:30", "charges 03-01 04-01: 03-01 04-01"],
      why: "periods are those of the subscription's zone",
    },
  ])("are $periods: $why", ({ windows, stretches, periods }) => {
    const order = ratingOrder({ windows, stretches: stretches.map(([from, to]) => ({ from, to })) });
    expect(shown(touchedPeriods(order))).toEqual(periods);
  });

  test("ends at the new cut inside a period", () => {
    const next = { entry: 1, cut: month(2) + 9 * day };
    const order = ratingOrder({
      next,
      windows: [windowOf(0, forever)],
      stretches: [{ from: month(2), to: month(2) + 1 }],
    });
    expect(shown(touchedPeriods(order))).toEqual(["s1 03-01 04-01: 03-01 03-10", "charges 03-01 04-01: 03-01 03-10"]);
  });

  test("are each rated once", () => {
    const all = touchedPeriods(
      ratingOrder({ windows: [windowOf(0, forever)], stretches: [{ from: 0, to: month(1) }] }),
    );
    expect(withoutRepeats([...all, ...all])).toEqual(all);
  });
});
