import { currency, customerId, decimal, formatDecimal, formatPicos, merchantId, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { type Coverable, drawGrants } from "./draw-grants.ts";
import { byDrawOrder, type Grant } from "./grant.ts";

const usd = currency("USD");
const [january, february, march] = [0, 31, 59].map((day) => day * 86_400_000);

function grant(id: string, granted: string, more: Partial<Grant> = {}): Grant {
  const holder = { merchant: merchantId("shop"), customer: customerId("ann") };
  const covers = more.meter === undefined ? { currency: usd } : {};
  return { ...holder, ...covers, id, granted: decimal(granted), priority: 50, startsAt: 0, createdAt: 0, ...more };
}

function line(key: string, net: string, more: Partial<Coverable> = {}): Coverable {
  return { key, from: january ?? 0, to: february ?? 0, currency: usd, net: picos(net), ...more };
}

const drawn = (lines: readonly Coverable[], grants: readonly Grant[]) =>
  drawGrants(lines, grants, new Map()).map(({ line, grant, exact, taken }) =>
    [line, grant, formatPicos(exact), formatDecimal(taken)].join(" "),
  );

const tokens = { meter: "tokens", units: decimal("1000") };
const next = { from: february ?? 0, to: march ?? 0 };

describe("drawGrants", () => {
  test.for<{ why: string; lines: Coverable[]; grants: Grant[]; draws: string[] }>([
    {
      why: "draws to a fraction of a cent",
      lines: [line("a", "0.000000000007")],
      grants: [grant("g", "5")],
      draws: ["a g 0.000000000007 0.000000000007"],
    },
    {
      why: "goes on with the next grant where one ends",
      lines: [line("a", "12")],
      grants: [grant("g", "5"), grant("h", "5")],
      draws: ["a g 5 5", "a h 5 5"],
    },
    {
      why: "draws the lower priority first",
      lines: [line("a", "3")],
      grants: [grant("g", "5"), grant("h", "5", { priority: 1 })],
      draws: ["a h 3 3"],
    },
    {
      why: "then what expires first",
      lines: [line("a", "3")],
      grants: [grant("g", "5"), grant("h", "5", { expiresAt: march ?? 0 })],
      draws: ["a h 3 3"],
    },
    {
      why: "then what is older",
      lines: [line("a", "3")],
      grants: [grant("g", "5", { createdAt: 2 }), grant("h", "5", { createdAt: 1 })],
      draws: ["a h 3 3"],
    },
    { why: "then by id", lines: [line("a", "3")], grants: [grant("h", "5"), grant("g", "5")], draws: ["a g 3 3"] },
    {
      why: "covers lines in order of their periods",
      lines: [line("b", "4", next), line("a", "3")],
      grants: [grant("g", "5")],
      draws: ["a g 3 3", "b g 2 2"],
    },
    {
      why: "covers no other currency",
      lines: [line("a", "3", { currency: currency("EUR") })],
      grants: [grant("g", "5")],
      draws: [],
    },
    {
      why: "covers its plans alone",
      lines: [line("a", "3", { plan: "pro" }), line("b", "3")],
      grants: [grant("g", "5", { scope: { plans: ["pro"] } })],
      draws: ["a g 3 3"],
    },
    {
      why: "covers its meters alone",
      lines: [line("a", "3", { meter: "tokens" }), line("b", "3", { meter: "calls" })],
      grants: [grant("g", "5", { scope: { meters: ["calls"] } })],
      draws: ["b g 3 3"],
    },
    { why: "leaves what is below nought", lines: [line("a", "-3")], grants: [grant("g", "5")], draws: [] },
    {
      why: "covers the period that it starts in",
      lines: [line("a", "3")],
      grants: [grant("g", "5", { startsAt: (february ?? 0) - 1 })],
      draws: ["a g 3 3"],
    },
    {
      why: "covers none that was over when it started",
      lines: [line("a", "3")],
      grants: [grant("g", "5", { startsAt: february ?? 0 })],
      draws: [],
    },
    {
      why: "covers the period that it expires in",
      lines: [line("a", "3", next)],
      grants: [grant("g", "5", { expiresAt: (february ?? 0) + 1 })],
      draws: ["a g 3 3"],
    },
    {
      why: "covers none that begins when it expires",
      lines: [line("a", "3", next)],
      grants: [grant("g", "5", { expiresAt: february ?? 0 })],
      draws: [],
    },
    {
      why: "covers units at the line's average price",
      lines: [line("a", "3", tokens)],
      grants: [grant("g", "250", { meter: "tokens" })],
      draws: ["a g 0.75 250"],
    },
    {
      why: "covers a line whole with its units",
      lines: [line("a", "0.000000000001", { ...tokens, units: decimal("3") })],
      grants: [1, 2, 3].map((n) => grant(`g${n}`, "1", { meter: "tokens" })),
      draws: ["a g1 0 1", "a g2 0.000000000001 1", "a g3 0 1"],
    },
    {
      why: "covers units before amounts, whatever their priority",
      lines: [line("a", "3", tokens)],
      grants: [grant("g", "5", { priority: 0 }), grant("h", "500", { meter: "tokens" })],
      draws: ["a h 1.5 500", "a g 1.5 1.5"],
    },
    {
      why: "covers no fee with units",
      lines: [line("a", "3", { meter: "tokens" })],
      grants: [grant("g", "5", { meter: "tokens" })],
      draws: [],
    },
    {
      why: "rolls over what is left, up to its maximum",
      lines: [line("a", "30"), line("b", "90", next)],
      grants: [
        grant("g", "100", { expiresAt: february ?? 0, rollOver: { maximum: decimal("50"), until: march ?? 0 } }),
      ],
      draws: ["a g 30 30", "b g 50 50"],
    },
    {
      why: "rolls over no more than is left",
      lines: [line("a", "80"), line("b", "90", next)],
      grants: [grant("g", "100", { expiresAt: february ?? 0, rollOver: { until: march ?? 0 } })],
      draws: ["a g 80 80", "b g 20 20"],
    },
  ])("$why", ({ lines, grants, draws }) => {
    expect(drawn(lines, grants)).toEqual(draws);
    expect(drawn(lines.toReversed(), grants.toReversed())).toEqual(draws);
  });

  test("goes on from what was drawn before", () => {
    const before = new Map([["g", { used: decimal("4.5"), usedRolled: decimal("0") }]]);
    expect(drawGrants([line("a", "3")], [grant("g", "5")], before)).toMatchObject([{ exact: picos("0.5") }]);
  });

  test("has one order, of equal grants too", () => {
    const one = grant("g", "1");
    expect(byDrawOrder(one, { ...one })).toBe(0);
  });
});
