import { describe, expect, test } from "vitest";
import { billedThrough } from "./billed-through.ts";
import { memorySettlements } from "./memory.ts";
import type { Settlement } from "./settlement.ts";
import { merchant } from "./world.fixture.ts";

const settled = (id: string, through: number, dryRun = false): Settlement => {
  return { merchant, id, through, cutAt: "through", dryRun, status: "done", createdAt: through };
};

describe("billedThrough", () => {
  test.for([
    { all: [], through: undefined, why: "there was none" },
    { all: [settled("a", 5)], through: 5, why: "the end of one" },
    { all: [settled("a", 9), settled("b", 5)], through: 9, why: "the latest end, whichever came last" },
    { all: [settled("a", 5), settled("b", 9, true)], through: 5, why: "a dry run bills nothing" },
    { all: [settled("b", 9, true)], through: undefined, why: "also alone" },
  ])("is $through: $why", async ({ all, through }) => {
    const settlements = memorySettlements();
    for (const one of all) await settlements.createSettlement(one);
    expect(await billedThrough(settlements, merchant)).toBe(through);
  });

  test("looks at every page", async () => {
    const settlements = memorySettlements();
    for (let n = 0; n < 1_001; n++)
      await settlements.createSettlement({ ...settled(`s${n}`, n === 0 ? 9_999 : n), createdAt: n });
    expect(await billedThrough(settlements, merchant)).toBe(9_999);
  });
});
