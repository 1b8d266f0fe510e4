import { createSettlement, pushSettlement } from "@farthing/billing";
import { shardsEver } from "@farthing/metering";
import { send, wantsToSend } from "./client.ts";
import type { History } from "./history.ts";
import { deliver, roll } from "./task.ts";
import { dusk, ending } from "./timeline.ts";

/** More rounds than any backlog needs. */
const mostRounds = 6;

/** Lets a history come to rest without faults: clients are answered, schedules run, and all is settled once more. */
export async function recover(history: History): Promise<void> {
  await settleDown(history);
  history.now = Math.max(history.now, dusk);
  await runSchedules(history);
  await finishSettlements(history);
  history.now = ending;
  await history.run("settle", async ({ settling }) => {
    await createSettlement(settling, { merchant: history.merchant, body: { through: ending } });
  });
  await settleDown(history);
  await finishSettlements(history);
}

/** Runs until nothing waits: no call, no message, no client that has no answer. */
async function settleDown(history: History): Promise<void> {
  const { scheduler, witness, world } = history;
  for (let steps = 0; witness.violations.length === 0; steps++) {
    if (steps > 10_000) return witness.blame("the history does not come to rest");
    const state = witness.requests.find(wantsToSend);
    if (scheduler.waiting > 0) await scheduler.next();
    else if (state !== undefined) await send(history, state);
    else if (world.settlementAsks.length + world.rollAsks.length > 0) await deliver(history);
    else return;
  }
}

/** What the schedules do: roll hours that closed, sweep, and roll what is marked. */
async function runSchedules(history: History): Promise<void> {
  for (const reason of ["hours", "sweep", "marks"] as const) {
    for (const { shard } of shardsEver(await history.stores.shardPlans.shardPlan(history.merchant))) {
      await roll(history, reason, shard);
      await settleDown(history);
    }
  }
}

/** What the hourly schedule does for settlements that stand still. */
async function finishSettlements(history: History): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    const open = (await history.stores.settlements.unfinished()).filter(
      ({ merchant }) => merchant === history.merchant,
    );
    if (open.length === 0) return;
    for (const { id } of open) {
      await history.run("settle", ({ settling }) => pushSettlement(settling, history.merchant, id));
      await settleDown(history);
    }
  }
  history.witness.blame("a settlement never ends");
}
