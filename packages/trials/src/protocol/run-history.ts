import { checkAtRest } from "./check-at-rest.ts";
import { send, wantsToSend } from "./client.ts";
import { History, type HistoryOptions } from "./history.ts";
import { recover } from "./recovery.ts";
import { deliver, startTask } from "./task.ts";

/** What became of a history. */
export interface HistoryResult {
  readonly seed: number;
  readonly steps: number;
  /** How many store calls its crowded part made. */
  readonly calls: number;
  readonly violations: readonly string[];
}

/** More steps than any history takes that ends. */
const mostSteps = 20_000;

/** Runs a history: the crowded part with its faults, the recovery, and the checks at rest. */
export async function runHistory(options: HistoryOptions): Promise<HistoryResult> {
  const history = new History(options);
  const { scheduler, witness, scenario, seed } = history;
  await history.begin();
  scheduler.faultRate = options.failing === undefined ? scenario.faultRate : 0;
  scheduler.burst = scenario.burst;
  await crowd(history);
  const { calls } = scheduler;
  scheduler.faultRate = 0;
  await recover(history);
  if (witness.violations.length === 0) await checkAtRest(history);
  return { seed, steps: scheduler.step, calls, violations: witness.violations };
}

async function crowd(history: History): Promise<void> {
  const { random, scenario, scheduler, witness } = history;
  const tasks = [...scenario.tasks];
  let instant = 0;
  while (witness.violations.length === 0) {
    if (scheduler.step > mostSteps) return witness.blame("the history does not end");
    history.now = scenario.instants[instant] ?? history.now;
    const due = tasks.filter(({ at }) => at <= instant);
    const sending = witness.requests.filter((state) => state.request.at <= instant && wantsToSend(state));
    const asks = Math.min(history.world.settlementAsks.length + history.world.rollAsks.length, 2);
    const ready = scheduler.waiting + due.length + sending.length + asks;
    const last = instant === scenario.instants.length - 1;
    if (ready === 0 && last) return;
    if (!last && (ready === 0 || random.chance(scenario.pace))) {
      instant += 1;
      continue;
    }
    let pick = random.below(ready);
    if (pick < scheduler.waiting) {
      await scheduler.next();
      continue;
    }
    pick -= scheduler.waiting;
    const task = due[pick];
    if (task !== undefined) {
      tasks.splice(tasks.indexOf(task), 1);
      await startTask(history, task);
      continue;
    }
    const state = sending[pick - due.length];
    if (state !== undefined) await send(history, state);
    else await deliver(history);
  }
}

/** What went wrong in a history, with every step of it, and how to see it again. */
export async function explain(options: HistoryOptions, { seed, violations }: HistoryResult): Promise<string> {
  const lines: string[] = [];
  await runHistory({ ...options, trace: (line) => lines.push(line) });
  const again = `FARTHING_SEED=${seed} npx vitest run --project protocol`;
  return [`seed ${seed}: ${violations.join("\n")}`, ...lines, `see it again: ${again}`].join("\n");
}
