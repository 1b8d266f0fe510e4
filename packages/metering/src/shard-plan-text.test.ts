import fc from "fast-check";
import { expect, test } from "vitest";
import type { Hour } from "./hour.ts";
import { parseShardPlan, shardPlanText } from "./shard-plan-text.ts";

const step = fc.record({ from: fc.nat().map((hour) => hour as Hour), count: fc.integer({ min: 1, max: 64 }) });

test("a shard plan is read back from its text", () => {
  fc.assert(
    fc.property(step, fc.array(step), (first, rest) => {
      const plan = { steps: [first, ...rest] } as const;
      expect(parseShardPlan(shardPlanText(plan))).toEqual(plan);
    }),
  );
});

test.for(["", ":", "1", "1:", "1:2,", "a:1", "1:-2", "1.5:2"])("%j is no shard plan", (text) => {
  expect(() => parseShardPlan(text)).toThrow();
});
