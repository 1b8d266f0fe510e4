import { type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { Hour } from "./hour.ts";
import type { RollQueue, ShardPlans } from "./journal.ts";
import { type Meter, type MeterSet, type MeterSets, noMeters } from "./meter.ts";
import type { ShardPlan } from "./shard.ts";

let tests = 0;

function freshMerchant(): MerchantId {
  return merchantId(`Registry-${++tests}`);
}

const one: ShardPlan = { steps: [{ from: 498_000 as Hour, count: 1 }] };
const four: ShardPlan = { steps: [...one.steps, { from: 498_012 as Hour, count: 4 }] };

/** What every store of shard plans does. It is opened empty, with few merchants a page. */
export function shardPlansContract(name: string, open: () => ShardPlans): void {
  describe(`${name}: shard plans`, () => {
    test("are started once and changed from what was read", async () => {
      const [plans, merchant] = [open(), freshMerchant()];
      await expect(plans.shardPlan(merchant)).rejects.toThrow("has no shard plan");
      expect(await plans.changeShardPlan(merchant, one, four)).toBe("taken");
      await plans.startShardPlan(merchant, one);
      await plans.startShardPlan(merchant, four);
      expect(await plans.shardPlan(merchant)).toEqual(one);
      expect(await plans.changeShardPlan(merchant, one, four)).toBe("changed");
      expect(await plans.changeShardPlan(merchant, one, four)).toBe("taken");
      expect(await plans.shardPlan(merchant, { fresh: true })).toEqual(four);
    });

    test("are changed by one of twenty at once", async () => {
      const [plans, merchant] = [open(), freshMerchant()];
      await plans.startShardPlan(merchant, one);
      const changes = Array.from({ length: 20 }, () => plans.changeShardPlan(merchant, one, four));
      expect((await Promise.all(changes)).filter((answer) => answer === "changed")).toHaveLength(1);
    });

    test("list every merchant, page by page", async () => {
      const plans = open();
      const mine = Array.from({ length: 7 }, freshMerchant);
      // An id that begins as another does must not be left out behind it.
      const all = [...mine, ...mine.map((merchant) => merchantId(`${merchant}0`))];
      for (const merchant of all) await plans.startShardPlan(merchant, one);
      const listed = await everyMerchant(plans);
      expect(listed).toEqual(listed.toSorted());
      expect(new Set(listed).size).toBe(listed.length);
      expect(listed).toEqual(expect.arrayContaining(all));
    });
  });
}

async function everyMerchant(plans: ShardPlans): Promise<readonly MerchantId[]> {
  const listed: MerchantId[] = [];
  for (let page = await plans.merchants(); ; page = await plans.merchants(page.next)) {
    listed.push(...page.merchants);
    if (page.next === undefined) return listed;
  }
}

function meterOf(key: string, revision: number): Meter {
  const times = { createdAt: 1_795_000_000_000, updatedAt: 1_795_000_000_001 };
  return { key, eventType: "api_call", aggregation: "sum", value: "bytes", groupBy: ["region"], revision, ...times };
}

/** What every store of meter sets does. */
export function meterSetsContract(name: string, open: () => MeterSets): void {
  describe(`${name}: meter sets`, () => {
    test("are published once a revision, and every revision stays", async () => {
      const [sets, merchant] = [open(), freshMerchant()];
      expect(await sets.currentMeters(merchant)).toEqual(noMeters);
      expect(await sets.metersAt(merchant, 0)).toEqual(noMeters);
      const all = Array.from({ length: 11 }, (_, i): MeterSet => {
        return { revision: i + 1, meters: Array.from({ length: i }, (_, m) => meterOf(`meter_${m}`, m + 1)) };
      });
      for (const set of all) expect(await sets.publishMeters(merchant, set)).toBe("published");
      expect(await sets.publishMeters(merchant, { revision: 3, meters: [] })).toBe("taken");
      expect(await sets.currentMeters(merchant)).toEqual(all[10]);
      for (const set of all) expect(await sets.metersAt(merchant, set.revision)).toEqual(set);
      await expect(sets.metersAt(merchant, 12)).rejects.toThrow();
      expect(await sets.currentMeters(freshMerchant())).toEqual(noMeters);
    });

    test("have one publisher of a revision among twenty at once", async () => {
      const [sets, merchant] = [open(), freshMerchant()];
      const mine = (i: number): MeterSet => ({ revision: 1, meters: [meterOf(`meter_${i}`, 1)] });
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => sets.publishMeters(merchant, mine(i))));
      expect(answers.filter((answer) => answer === "published")).toHaveLength(1);
      expect(await sets.currentMeters(merchant)).toEqual(mine(answers.indexOf("published")));
    });

    test("of a thousand meters fit", async () => {
      const [sets, merchant] = [open(), freshMerchant()];
      const set = {
        revision: 1,
        meters: Array.from({ length: 1000 }, (_, i) => meterOf(`a_meter_with_a_name_${i}`, 1)),
      };
      await sets.publishMeters(merchant, set);
      expect(await sets.currentMeters(merchant)).toEqual(set);
    });
  });
}

/** What every store of claims does. */
export function wakeClaimsContract(name: string, open: () => Pick<RollQueue, "claimWake">): void {
  describe(`${name}: claims of late rolls`, () => {
    test("go to one of twenty, for each shard and window", async () => {
      const [claims, shard] = [open(), { merchant: freshMerchant(), shard: 2 }];
      const until = 1_795_000_600_000;
      const answers = await Promise.all(Array.from({ length: 20 }, () => claims.claimWake(shard, 7, until)));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await claims.claimWake(shard, 8, until)).toBe(true);
      expect(await claims.claimWake({ ...shard, shard: 27 }, 7, until)).toBe(true);
      expect(await claims.claimWake(shard, 7, until)).toBe(false);
    });
  });
}
