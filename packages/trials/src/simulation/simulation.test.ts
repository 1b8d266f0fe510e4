import { describe, expect, test } from "vitest";
import { drawStory } from "./draw-story.ts";
import { shrink } from "./shrink.ts";
import { explain, simulate } from "./simulate.ts";
import { spoilers } from "./spoilers.ts";

const count = Number(process.env.FARTHING_SIMULATIONS ?? 6);
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
