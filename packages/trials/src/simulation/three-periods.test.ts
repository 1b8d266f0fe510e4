import { customerId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { drawQuarter } from "./draw-quarter.ts";
import { Run } from "./run-story.ts";
import { shrink } from "./shrink.ts";
import { explain, simulateRun } from "./simulate.ts";

const asked = process.env.FARTHING_SIMULATIONS;
// A quarter takes as long as two months: half as many, and a few beside the other tests.
const count = asked === undefined ? 2 : Math.ceil(Number(asked) / 2);
const only = process.env.FARTHING_SEED;
const seeds = only === undefined ? Array.from({ length: count }, (_, at) => at + 1) : [Number(only)];

describe("a merchant's three months", () => {
  test.for(seeds)("are sealed period by period to what was sent, seed %i", async (seed) => {
    const story = drawQuarter(seed);
    const run = new Run(story);
    const finding = await simulateRun(run);
    if (finding !== undefined) {
      const least = await shrink(story, finding);
      expect.fail(explain(least.story, least.finding));
    }
    expect(await sealedMonths(run)).toBeGreaterThanOrEqual(3);
  });
});

/** Through how many ends of months the seals of a customer lead, at most. */
async function sealedMonths({ story, world, merchant }: Run): Promise<number> {
  const counts: number[] = [];
  for (const { id } of story.customers) {
    const seals = await world.stores.seals.seals({ merchant, customer: customerId(id) });
    const cut = seals.at(-1)?.frontier.cut ?? story.begins;
    const [first, last] = [new Date(story.begins), new Date(cut)];
    counts.push((last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth());
  }
  return Math.max(...counts);
}
