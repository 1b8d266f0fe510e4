import { currency, customerId, decimal, formatDecimal, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { type Grant, type GrantStage, remaining, rolledOver, stageAt } from "./grant.ts";
import { type GrantStep, grantEntries } from "./grant-entries.ts";

const rollOver = { maximum: decimal("50"), until: 200 };
const grant: Grant = {
  merchant: merchantId("shop"),
  customer: customerId("ann"),
  id: "gr_1",
  granted: decimal("100"),
  currency: currency("USD"),
  priority: 50,
  startsAt: 0,
  expiresAt: 100,
  createdAt: 7,
  rollOver,
};

function step(at: number, taken: string, used: string, usedRolled: string, stage: GrantStage): GrantStep {
  const draws = [{ invoice: `inv_${at}`, line: "line_2", description: "requests", taken: decimal(taken) }];
  return { at, draws, state: { used: decimal(used), usedRolled: decimal(usedRolled), stage } };
}

const steps = [
  step(10, "40", "40", "0", "standing"),
  step(20, "-10", "30", "0", "standing"),
  step(100, "0", "30", "0", "rolled"),
  step(110, "20", "30", "20", "rolled"),
  step(120, "30", "60", "20", "rolled"),
  step(200, "0", "60", "20", "over"),
];

describe("grantEntries", () => {
  test("tell what was granted, drawn, given back, what expired and what went on", () => {
    const shown = grantEntries(grant, steps).map(({ kind, amount, running, at }) =>
      [at, kind, formatDecimal(amount), formatDecimal(running)].join(" "),
    );
    expect(shown).toEqual([
      "7 grant 100 100",
      "10 draw -40 60",
      "20 give_back 10 70",
      "100 expiry -70 0",
      "100 roll_over 50 50",
      "110 draw -20 30",
      "120 draw -30 0",
      "120 expiry 30 30",
      "120 roll_over -10 20",
      "200 expiry -20 0",
    ]);
  });

  test("add up to what is left after every step", () => {
    for (const [index, { state }] of steps.entries()) {
      const last = grantEntries(grant, steps.slice(0, index + 1)).at(-1);
      expect(last?.running).toEqual(remaining(grant, state));
    }
  });

  test("name the invoice and its line, each entry by a name of its own", () => {
    const entries = grantEntries(grant, steps);
    expect(entries[1]).toMatchObject({ id: "gr_1_2", invoice: "inv_10", line: "line_2", description: "requests" });
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });
});

describe("stageAt", () => {
  test.for<[number, GrantStage, string]>([
    [99, "standing", "a period that began before it expired is not over"],
    [100, "rolled", "every such period is over"],
    [199, "rolled", "a period that began before the roll-over ends is not over"],
    [200, "over", "every such period is over"],
  ])("is at %i %s: %s", ([openFrom, stage]) => {
    expect(stageAt(grant, openFrom)).toBe(stage);
  });

  test("is over at once where nothing rolls over, and never where it does not expire", () => {
    const { rollOver: _, ...plain } = grant;
    const over = { used: decimal("40"), usedRolled: decimal("0"), stage: "over" } as const;
    expect([stageAt(plain, 100), remaining(plain, over)]).toEqual(["over", decimal("0")]);
    const { expiresAt: __, ...endless } = plain;
    expect(stageAt(endless, Number.MAX_SAFE_INTEGER)).toBe("standing");
    expect(rolledOver(plain, { used: decimal("1") })).toEqual(decimal("0"));
  });
});
