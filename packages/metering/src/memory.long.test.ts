import { customerId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { backfillsContract, stagingContract } from "./backfill.contract.ts";
import type { Hour } from "./hour.ts";
import { journalContract } from "./journal.contract.ts";
import {
  frozenCopy,
  memoryBackfills,
  memoryCustomerRegister,
  memoryJournal,
  memoryMeterSets,
  memoryRejections,
  memoryRollProgress,
  memoryRollQueue,
  memoryShardPlans,
  memoryStaging,
  memoryStatementLog,
} from "./memory.ts";
import { meterSetsContract, shardPlansContract, wakeClaimsContract } from "./registry.contract.ts";
import { rejectionsContract } from "./rejections.contract.ts";
import { rollProgressContract } from "./roll-progress.contract.ts";
import { shardGrowthContract } from "./shard-growth.contract.ts";
import { cachedShardPlans, shardPlanKeptMs } from "./shard-plan-cache.ts";
import { statementContract } from "./statement.contract.ts";

backfillsContract("in memory", memoryBackfills);
stagingContract("in memory", () => memoryStaging({ bundlesPerPage: 2 }));
journalContract("in memory", () => memoryJournal({ bundlesPerPage: 2 }));
statementContract("in memory", memoryStatementLog);
rollProgressContract("in memory", memoryRollProgress);
shardPlansContract("in memory", () => memoryShardPlans({ merchantsPerPage: 3 }));
shardPlansContract("in memory, cached", () =>
  cachedShardPlans(memoryShardPlans({ merchantsPerPage: 3 }), { now: () => 0 }),
);
meterSetsContract("in memory", memoryMeterSets);
rejectionsContract("in memory", memoryRejections);
wakeClaimsContract("in memory", memoryRollQueue);
shardGrowthContract("in memory", () => ({
  merchant: merchantId("growing"),
  journal: memoryJournal(),
  log: memoryStatementLog(),
  register: memoryCustomerRegister(),
  progress: memoryRollProgress(),
  plans: memoryShardPlans(),
  meters: memoryMeterSets(),
}));

const merchant = merchantId("acme");

test("a queue in memory keeps what was asked", async () => {
  const queue = memoryRollQueue();
  await queue.askForRoll({ merchant, shard: 1 }, "hours");
  await queue.askForRoll({ merchant, shard: 2 }, "marks", 30);
  expect(queue.asked).toEqual([
    { shard: { merchant, shard: 1 }, reason: "hours", delaySeconds: 0 },
    { shard: { merchant, shard: 2 }, reason: "marks", delaySeconds: 30 },
  ]);
});

test("a register in memory lists each customer once", async () => {
  const register = memoryCustomerRegister();
  const customer = { merchant, customer: customerId("c") };
  await register.noteCustomer(customer);
  await register.noteCustomer(customer);
  expect(register.noted).toEqual([customer]);
});

describe("frozenCopy", () => {
  test("shares nothing that can change", () => {
    const value = { list: [{ a: 1n }], bytes: new Uint8Array([1]), words: new Uint32Array([1]) };
    const copy = frozenCopy(value);
    expect(copy).toEqual(value);
    expect(copy.bytes).not.toBe(value.bytes);
    expect(copy.words).not.toBe(value.words);
    expect(Object.isFrozen(copy) && Object.isFrozen(copy.list) && Object.isFrozen(copy.list[0])).toBe(true);
  });

  test("keeps a key that is called __proto__", () => {
    const copy = frozenCopy(JSON.parse('{"__proto__":{"a":1}}'));
    expect(Object.keys(copy)).toEqual(["__proto__"]);
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"a":1}}');
  });
});

describe("cachedShardPlans", () => {
  const plan = (count: number) => ({ steps: [{ from: 1 as Hour, count }] }) as const;

  test.for([
    { afterMs: shardPlanKeptMs - 1, fresh: false, count: 1, why: "it is kept for five minutes" },
    { afterMs: shardPlanKeptMs, fresh: false, count: 2, why: "and no longer" },
    { afterMs: 0, fresh: true, count: 2, why: "a fresh answer was asked for" },
    { afterMs: -1, fresh: false, count: 2, why: "the clock went back" },
  ])("answers $count shards after $afterMs ms: $why", async ({ afterMs, fresh, count }) => {
    let now = 1_000_000;
    const store = memoryShardPlans();
    await store.startShardPlan(merchant, plan(1));
    const cached = cachedShardPlans(store, { now: () => now });
    await cached.shardPlan(merchant);
    await store.changeShardPlan(merchant, plan(1), plan(2));
    now += afterMs;
    expect(await cached.shardPlan(merchant, { fresh })).toEqual(plan(count));
  });

  test("shows its own change at once", async () => {
    const cached = cachedShardPlans(memoryShardPlans(), { now: () => 0 });
    await cached.startShardPlan(merchant, plan(1));
    await cached.shardPlan(merchant);
    await cached.changeShardPlan(merchant, plan(1), plan(2));
    expect(await cached.shardPlan(merchant)).toEqual(plan(2));
  });
});
