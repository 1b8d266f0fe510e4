import { type Finding, simulate } from "./simulate.ts";
import type { Story } from "./story.ts";

/** More runs than people want to wait for. */
const mostRuns = 80;

/**
 * Leaves out of a story whatever is not needed to go wrong in the same manner, so that people can read what is left: halves
 * first, then ever smaller parts.
 */
export async function shrink(story: Story, finding: Finding): Promise<{ story: Story; finding: Finding }> {
  let least = { story: { ...story, scenes: story.scenes.slice(0, finding.scene + 1) }, finding };
  let runs = 0;
  for (let size = least.story.scenes.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < least.story.scenes.length - 1 && runs < mostRuns; runs++) {
      const last = least.story.scenes.length - 1;
      const scenes = least.story.scenes.filter((_, index) => index < at || index >= Math.min(at + size, last));
      const fewer = { ...story, scenes };
      const found = await simulate(fewer);
      if (found !== undefined && mannerOf(found) === mannerOf(finding)) least = { story: fewer, finding: found };
      else at += size;
    }
  }
  return least;
}

/** What is blamed, without its names and numbers. */
function mannerOf({ blames }: Finding): string {
  return (blames[0] ?? "").replaceAll(/"[^"]*"|\d+/g, "").slice(0, 200);
}
