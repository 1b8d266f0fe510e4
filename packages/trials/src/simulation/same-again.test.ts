import { describe, expect, test } from "vitest";
import { drawMonth, type Variation, vary } from "./draw-arrivals.ts";
import { differenceOf, outcomeOf } from "./outcome.ts";
import { sceneText } from "./story.ts";

const count = Number(process.env.FARTHING_SIMULATIONS ?? 10);
const only = process.env.FARTHING_SEED;
// Five runs each: half as many months take as long.
const months = Array.from({ length: Math.ceil(count / 2) }, (_, at) => at + 1);
const seeds = only === undefined ? months : [Number(only)];

const plain: Variation = { seed: 0, batch: 10, again: 0, killed: 0, ticks: 1, shards: 1 };
const variations: readonly Variation[] = [
  { ...plain, seed: 1 },
  { ...plain, seed: 2, batch: 1, ticks: 3 },
  { ...plain, seed: 3, batch: 40, again: 0.6, shards: 7 },
  { ...plain, seed: 4, again: 0.3, killed: 0.4, ticks: 2, shards: 64 },
];

describe("the same month", () => {
  test.for(seeds)("comes to the same in any order and batches, with any copies and restarts, seed %i", async (seed) => {
    const month = drawMonth(seed);
    const once = await outcomeOf(vary(month, plain));
    expect(once.counted.length).toBeGreaterThan(0);
    expect(once.report.gap).toBe(0);
    for (const variation of variations) {
      const story = vary(month, variation);
      const difference = differenceOf(once, await outcomeOf(story));
      if (difference === undefined) continue;
      const again = `FARTHING_SEED=${seed} npx vitest run --project simulation`;
      expect.fail([`seed ${seed}: ${difference}`, ...story.scenes.map(sceneText), `see it again: ${again}`].join("\n"));
    }
  });
});
