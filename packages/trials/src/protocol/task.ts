import { createSettlement, createSubscription, planSettlements, putCustomer, takeStep } from "@farthing/billing";
import { growShards, putMeter, queryUsage, rollShard, shardsEver, wakeLateRolls } from "@farthing/metering";
import { customerId } from "@farthing/money";
import { customers } from "./catalogue.ts";
import { readCharges } from "./check-charges.ts";
import { checkUsage } from "./check-reads.ts";
import { damage } from "./damage.ts";
import type { History } from "./history.ts";
import type { Task } from "./scenario.ts";
import { dawn, dusk, hour } from "./timeline.ts";

/** Starts what a task asks for. */
export async function startTask(history: History, task: Task): Promise<void> {
  const { kind } = task;
  if (kind === "hours" || kind === "marks" || kind === "sweep") return await roll(history, kind, task.shard);
  if (kind === "usage") return await readUsage(history);
  if (kind === "charges") return await readCharges(history);
  if (kind === "settle") return await settle(history);
  if (kind === "corrupt") return corrupt(history);
  if (kind === "heal") return history.witness.corrupt.clear();
  if (kind === "wake") return await wake(history, task.shard);
  if (kind === "settle-due") return await history.run("settle", ({ settling }) => planSettlements(settling));
  if (kind === "grow") return await grow(history);
  if (kind === "meter") return await changeMeter(history);
  await subscribe(history);
}

/** Starts a roll of a shard, or of the first where the merchant has no such shard yet. */
export async function roll(history: History, reason: "hours" | "marks" | "sweep", shard: number): Promise<void> {
  const known = shardsEver(await history.stores.shardPlans.shardPlan(history.merchant));
  const ref = { merchant: history.merchant, shard: known.some((one) => one.shard === shard) ? shard : 0 };
  await history.run(reason, ({ rolls }) => rollShard(rolls, { shard: ref, reason }));
}

async function wake(history: History, shard: number): Promise<void> {
  await history.run("admin", ({ planning }) => wakeLateRolls(planning, [{ merchant: history.merchant, shard }]));
}

async function settle(history: History): Promise<void> {
  const { random, merchant, now } = history;
  const through = random.pick([now, now, now - 1_234_567, dawn + hour, dawn + 1.5 * hour, now + hour]);
  const named = random.chance(0.3) ? { customers: [customerId("ann")] } : {};
  const dryRun = random.chance(0.05);
  await history.run("settle", async ({ settling }) => {
    await createSettlement(settling, { merchant, body: { through, dryRun, ...named } });
  });
}

/** Delivers one of the messages that wait: in any order, sometimes twice, and again where its process failed. */
export async function deliver(history: History): Promise<void> {
  const { random, world } = history;
  const asks = [...world.settlementAsks, ...world.rollAsks];
  const ask = random.pick(asks);
  const twice = history.scheduler.faultRate > 0 && random.chance(0.1);
  const ack = () => {
    remove(world.settlementAsks, ask);
    remove(world.rollAsks, ask);
  };
  // A message is not seen while it is worked on, unless that takes too long.
  if (!twice) ack();
  const ended = (how: string) => {
    if (how === "done") ack();
    else if (!twice) giveBack(history, ask);
  };
  if ("ask" in ask) return await history.run("settle", ({ settling }) => takeStep(settling, ask), { ended });
  await history.run(ask.reason, ({ rolls }) => rollShard(rolls, ask), { ended });
}

type Ask = History["world"]["settlementAsks"][number] | History["world"]["rollAsks"][number];

function giveBack({ world }: History, ask: Ask): void {
  if ("ask" in ask) world.settlementAsks.push(ask);
  else world.rollAsks.push(ask);
}

function remove(asks: Ask[], ask: Ask): void {
  const index = asks.indexOf(ask);
  if (index >= 0) asks.splice(index, 1);
}

async function readUsage(history: History): Promise<void> {
  const { random, merchant, witness, scheduler } = history;
  const customer = random.chance(0.6) ? random.pick(customers) : undefined;
  const meter = random.pick(["requests", "bytes"] as const);
  const range = { from: dawn - hour, to: dusk };
  const query = {
    merchant,
    meter,
    ...range,
    ...(customer === undefined ? {} : { customer: customerId(customer) }),
    window: random.pick(["none", "hour"] as const),
    groupBy: ["tag"],
    timezone: "UTC",
  };
  const began = scheduler.step + 1;
  await history.run("reader", async ({ usage: ports }) => {
    const usage = await queryUsage(ports, query);
    if (!usage.ok) throw new Error(`usage was refused: ${usage.error.code}`);
    checkUsage({ usage: usage.value, meter, customer, ...range, began, ended: scheduler.step }, witness);
  });
}

async function grow(history: History): Promise<void> {
  await history.run("admin", async ({ rolls: { plans, clock } }) => {
    const plan = await plans.shardPlan(history.merchant, { fresh: true });
    await plans.changeShardPlan(history.merchant, plan, growShards(plan, 2, clock.now()));
  });
}

/** Gives a meter another definition that measures the same. */
async function changeMeter(history: History): Promise<void> {
  const { random, merchant } = history;
  const groupBy = random.pick([["tag"], ["tag", "bytes"]]);
  const sum = { aggregation: "sum", value: "bytes" } as const;
  const [key, how] = random.pick([
    ["requests", { aggregation: "count" }],
    ["bytes", sum],
  ] as const);
  await history.run("admin", async ({ settling: { meters, clock } }) => {
    const stores = { meters, clock, billedThrough: async () => undefined };
    const put = await putMeter(stores, { merchant, key, body: { eventType: "request", groupBy, ...how } });
    if (!put.ok) throw new Error("a meter was refused");
  });
}

function corrupt(history: History): void {
  const stored = [...history.witness.puts.keys()];
  if (stored.length > 0) damage(history.witness, history.random.pick(stored));
}

async function subscribe(history: History): Promise<void> {
  const { random, merchant } = history;
  const id = customerId(random.pick(customers));
  const from = random.pick([{}, {}, { start: dawn + hour }, { start: history.now - 1_000 }]);
  const byPut = random.chance(0.5);
  await history.run("admin", async ({ administration }) => {
    if (byPut)
      await putCustomer(administration, { merchant, id, body: { plan: "other", timezone: history.scenario.zone } });
    else await createSubscription(administration, { merchant, customer: id, plan: "other", ...from });
  });
}
