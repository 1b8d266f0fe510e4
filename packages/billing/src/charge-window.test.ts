import { memoryPlans } from "@farthing/pricing/memory";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chargeWindows, plannedWindows } from "./charge-window.ts";
import type { Subscription } from "./subscription.ts";
import type { SubscriptionEvent } from "./subscription-event.ts";
import { day, hour, merchant, month, planOf, subscription } from "./world.fixture.ts";

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

describe("what becomes of a subscription", () => {
  const [march, noon] = [month(2), 12 * hour];
  const event = (
    number: number,
    kind: SubscriptionEvent["kind"],
    at: number,
    proration?: "none",
  ): SubscriptionEvent => ({
    number,
    kind,
    at,
    createdAt: 0,
    ...(proration === undefined ? {} : { proration }),
  });
  const texts = (all: readonly Subscription[]) =>
    chargeWindows(all).map(({ key, from, to, fees }) => [key, ...[from, to, fees.from, fees.to].map(days)].join(" "));
  const days = (time: number) => (Number.isFinite(time) ? String((time - march) / day) : "-");
  const own = (events: readonly SubscriptionEvent[], more: Partial<Subscription> = {}) =>
    subscription({ start: march, flatFrom: march, events, ...more });
  const at = (number: number) => march + number * day + noon;

  test.for<{ all: readonly Subscription[]; windows: string[]; why: string }>([
    { all: [own([])], windows: ["s1 0 - 0 -"], why: "nothing" },
    { all: [own([event(1, "cancel", at(4))])], windows: ["s1 0 4.5 0 4.5"], why: "it ends, and fees with it" },
    { all: [own([event(1, "cancel", at(4), "none")])], windows: ["s1 0 4.5 0 31"], why: "its last period is whole" },
    {
      all: [own([event(1, "cancel", month(3), "none")])],
      windows: ["s1 0 31 0 31"],
      why: "an end between periods owes nothing of the next",
    },
    {
      all: [own([event(1, "cancel", at(9)), event(2, "cancel", at(4))])],
      windows: ["s1 0 4.5 0 4.5"],
      why: "the earlier end holds",
    },
    { all: [own([event(1, "cancel", march)])], windows: [], why: "it never starts" },
    {
      all: [own([event(1, "pause", at(4)), event(2, "resume", at(9))])],
      windows: ["s1 0 4.5 0 4.5", "s1~2 9.5 - 9.5 -"],
      why: "after a pause goes on a stretch of its own",
    },
    {
      all: [own([event(1, "pause", at(4), "none"), event(2, "resume", at(9), "none")])],
      windows: ["s1 0 4.5 0 31", "s1~2 9.5 - 31 -"],
      why: "whole periods, each once",
    },
    {
      all: [own([event(1, "pause", at(4)), event(2, "cancel", at(9))])],
      windows: ["s1 0 4.5 0 4.5"],
      why: "a pause that nothing follows",
    },
    {
      all: [own([event(1, "pause", at(4)), event(2, "cancel", at(2)), event(3, "resume", at(9))])],
      windows: ["s1 0 2.5 0 2.5"],
      why: "no pause outlives the end",
    },
    {
      all: [own([]), own([], { id: "s2", start: at(4), flatFrom: at(4) })],
      windows: ["s1 0 4.5 0 4.5", "s2 4.5 - 4.5 -"],
      why: "the next one takes over",
    },
    {
      all: [own([]), own([], { id: "s2", start: at(4), flatFrom: month(3), proration: "none" })],
      windows: ["s1 0 4.5 0 31", "s2 4.5 - 31 -"],
      why: "the next one takes over between periods",
    },
    {
      all: [own([]), own([event(1, "cancel", at(4))], { id: "s2", start: at(4) })],
      windows: ["s1 0 - 0 -"],
      why: "one that never starts takes nothing over",
    },
  ])("leaves $windows: $why", ({ all, windows }) => {
    expect(texts(all)).toEqual(windows);
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
