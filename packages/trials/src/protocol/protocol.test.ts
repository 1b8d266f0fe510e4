import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import type { HistoryOptions } from "./history.ts";
import { runMany } from "./many-histories.ts";
import { mutations } from "./mutations.ts";
import { explain, runHistory } from "./run-history.ts";
import { faults } from "./scheduler.ts";

const histories = Number(process.env.FARTHING_HISTORIES ?? 2_000);
const only = process.env.FARTHING_SEED;
/** Within how many histories each broken rule must show. */
const mostForMutation = 10_000;
/** A long run takes all cores; the short one stands beside other suites. */
const atOnce = histories > 10_000 ? availableParallelism() : 1;
/** Histories of which every store call fails in every way, one at a time. */
const seedsToEnumerate = Array.from({ length: Math.min(Math.ceil(histories / 5_000), 20) }, (_, at) => at + 1);

async function holds(options: HistoryOptions): Promise<number> {
  const result = await runHistory(options);
  if (result.violations.length > 0) expect.fail(await explain(options, result));
  return result.calls;
}

/** Says every twentieth of a long run how far it is. */
function progress(): (held: number) => void {
  let next = histories / 20;
  return (held) => {
    if (histories <= 10_000 || held < next) return;
    next += histories / 20;
    process.stderr.write(`${held} of ${histories} histories hold\n`);
  };
}

test.runIf(only !== undefined)("the history of one seed, step by step", async () => {
  const result = await runHistory({ seed: Number(only), trace: (line) => process.stderr.write(`${line}\n`) });
  expect(result.violations).toEqual([]);
});

describe.skipIf(only !== undefined)("the protocol", () => {
  test(`keeps its invariants in ${histories} histories`, async () => {
    await runMany(histories, { atOnce, say: progress() });
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
