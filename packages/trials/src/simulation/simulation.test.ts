import { describe, expect, test } from "vitest";
import { drawMonth, type Variation, vary } from "./draw-arrivals.ts";
import { drawStory } from "./draw-story.ts";
import { differenceOf, outcomeOf } from "./outcome.ts";
import { shrink } from "./shrink.ts";
import { explain, simulate } from "./simulate.ts";
import { spoilers } from "./spoilers.ts";
import { sceneText } from "./story.ts";

const count = Number(process.env.FARTHING_SIMULATIONS ?? 20);
const only = process.env.FARTHING_SEED;
const seeds = only === undefined ? Array.from({ length: count }, (_, at) => at + 1) : [Number(only)];

describe("a merchant's month", () => {
  test.for(seeds)("comes to what was sent, seed %i", async (seed) => {
    const story = drawStory(seed);
    const finding = await simulate(story);
    if (finding === undefined) return;
    const least = await shrink(story, finding);
    expect.fail(explain(least.story, least.finding));
  });
});

/** Within how many months each fault must show. */
const mostForSpoiler = 20;

describe.skipIf(only !== undefined)("the comparison", () => {
  test.for(spoilers)("shows that $name", async ({ spoil, shows }) => {
    for (let seed = 1; seed <= mostForSpoiler; seed++) {
      const finding = await simulate(drawStory(seed), spoil);
      if (finding?.blames.some((blame) => shows.test(blame)) === true) return;
    }
    expect.fail(`no month of ${mostForSpoiler} shows ${shows}`);
  });
});

const plain: Variation = { seed: 0, batch: 10, again: 0, killed: 0, ticks: 1, shards: 1 };
const variations: readonly Variation[] = [
  { ...plain, seed: 1 },
  { ...plain, seed: 2, batch: 1, ticks: 3 },
  { ...plain, seed: 3, batch: 40, again: 0.6, shards: 7 },
  { ...plain, seed: 4, again: 0.3, killed: 0.4, ticks: 2, shards: 64 },
];

describe("the same month", () => {
  // Five runs each: half as many months take as long.
  test.for(seeds.slice(0, Math.ceil(seeds.length / 2)))(
    "comes to the same in any order and batches, with any copies and restarts, seed %i",
    async (seed) => {
      const month = drawMonth(seed);
      const once = await outcomeOf(vary(month, plain));
      expect(once.counted.length).toBeGreaterThan(0);
      expect(once.report.gap).toBe(0);
      for (const variation of variations) {
        const story = vary(month, variation);
        const difference = differenceOf(once, await outcomeOf(story));
        if (difference === undefined) continue;
        const again = `FARTHING_SEED=${seed} npx vitest run --project simulation`;
        expect.fail(
          [`seed ${seed}: ${difference}`, ...story.scenes.map(sceneText), `see it again: ${again}`].join("\n"),
        );
      }
    },
  );
});
