import { memoryPlans } from "@farthing/pricing/memory";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chargeWindows, plannedWindows } from "./charge-window.ts";
import type { Subscription } from "./subscription.ts";
import { merchant, planOf, subscription } from "./world.fixture.ts";

const one = (id: string, start: number, createdAt = 0) => subscription({ id, start, createdAt });
const shown = (all: readonly Subscription[]) =>
  chargeWindows(all).map(({ subscription: { id }, from, to }) => `${id} ${from}-${Number.isFinite(to) ? to : ""}`);

describe("chargeWindows", () => {
  test.for([
    { all: [], windows: [], why: "none" },
    { all: [one("a", 5)], windows: ["a 5-"], why: "one charges from its start on" },
    { all: [one("a", 5), one("b", 9)], windows: ["a 5-9", "b 9-"], why: "until the next one starts" },
    { all: [one("b", 9), one("a", 5)], windows: ["a 5-9", "b 9-"], why: "in whatever order they come" },
    { all: [one("a", 9, 1), one("b", 5, 2)], windows: ["b 5-9", "a 9-"], why: "made later, starting earlier" },
    { all: [one("a", 5, 1), one("b", 5, 2)], windows: ["b 5-"], why: "of two that start together the one made later" },
    { all: [one("b", 5, 1), one("a", 5, 2)], windows: ["a 5-"], why: "whatever its id" },
    { all: [one("b", 5, 1), one("a", 5, 1)], windows: ["b 5-"], why: "made together, the one with the greater id" },
  ])("are $windows: $why", ({ all, windows }) => {
    expect(shown(all)).toEqual(windows);
  });

  test("cover each instant from the first start on once", () => {
    const many = fc.array(fc.tuple(fc.nat(9), fc.nat(2)), { maxLength: 5 });
    fc.assert(
      fc.property(many, fc.nat(12), (pairs, time) => {
        const windows = chargeWindows(pairs.map(([start, made], i) => one(`s${i}`, start, made)));
        const first = Math.min(...pairs.map(([start]) => start));
        expect(windows.filter(({ from, to }) => from <= time && time < to)).toHaveLength(time >= first ? 1 : 0);
        for (const { subscription: charging, from } of windows) expect(charging.start).toBe(from);
      }),
      { seed: 1 },
    );
  });
});

describe("plannedWindows", () => {
  test("bring the version that a subscription names, not the newest", async () => {
    const plans = memoryPlans();
    for (const version of [1, 2]) await plans.addPlan(planOf("basic", { version, interval: "day" }));
    const windows = await plannedWindows(plans, merchant, [one("a", 0)]);
    expect(windows.map(({ plan }) => plan.version)).toEqual([1]);
  });

  test("throw where a plan is missing", async () => {
    await expect(plannedWindows(memoryPlans(), merchant, [one("a", 0)])).rejects.toThrow("not there");
  });
});
