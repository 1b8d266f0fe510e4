import { describe, expect, test } from "vitest";
import type { HistoryOptions } from "./history.ts";
import { mutations } from "./mutations.ts";
import { explain, runHistory } from "./run-history.ts";
import { faults } from "./scheduler.ts";

const histories = Number(process.env.FARTHING_HISTORIES ?? 2_000);
const only = process.env.FARTHING_SEED;
/** Within how many histories each broken rule must show. */
const mostForMutation = 10_000;
/** Histories of which every store call fails in every way, one at a time. */
const seedsToEnumerate =
  only === undefined ? Array.from({ length: Math.ceil(histories / 2_000) }, (_, at) => at + 1) : [];

async function holds(options: HistoryOptions): Promise<number> {
  const result = await runHistory(options);
  if (result.violations.length > 0) expect.fail(await explain(options, result));
  return result.calls;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

test.runIf(only !== undefined)("the history of one seed, step by step", async () => {
  const result = await runHistory({ seed: Number(only), trace: say });
  expect(result.violations).toEqual([]);
});

describe.skipIf(only !== undefined)("the protocol", () => {
  test(`keeps its invariants in ${histories} histories`, async () => {
    const every = Math.ceil(histories / 20);
    for (let seed = 1; seed <= histories; seed++) {
      await holds({ seed });
      if (histories > 10_000 && seed % every === 0) say(`${seed} of ${histories} histories hold`);
    }
  });

  test.for(seedsToEnumerate)("keeps them in history %i when any one call fails in any way", async (seed) => {
    const calls = await holds({ seed, failing: { call: 0, fault: "refused" } });
    for (let call = 1; call <= calls; call++) {
      for (const fault of faults) await holds({ seed, failing: { call, fault } });
    }
  });

  test.for(mutations)("catches, against rule $rule: $name", async (mutation) => {
    for (let seed = 1; seed <= mostForMutation; seed++) {
      const { violations } = await runHistory({ seed, mutation });
      if (violations.some((violation) => mutation.breaks.test(violation))) return;
    }
    expect.fail(`no history of ${mostForMutation} shows ${mutation.breaks}`);
  });
});
