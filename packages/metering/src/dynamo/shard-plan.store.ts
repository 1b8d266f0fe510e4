import type { ShardPlans } from "../journal.ts";
import { parseShardPlan, shardPlanText } from "../shard-plan-text.ts";
import { shardPlanEntity } from "./shard-plan.entity.ts";
import { type DynamoTable, strongly, took, writing } from "./table.ts";

/** Shard plans over the Registry table; every answer is fresh. The list of merchants is eventually consistent. */
export function dynamoShardPlans(registry: DynamoTable, { merchantsPerPage = 1000 } = {}): ShardPlans {
  const plans = shardPlanEntity(registry);
  return {
    async shardPlan(merchant) {
      const { data } = await plans.get({ merchant }).go(strongly);
      if (data === null) throw new Error(`merchant ${merchant} has no shard plan`);
      return parseShardPlan(data.steps);
    },
    async startShardPlan(merchant, plan) {
      await took(plans.create({ merchant, steps: shardPlanText(plan) }).go(writing));
    },
    async changeShardPlan(merchant, from, to) {
      const put = plans
        .put({ merchant, steps: shardPlanText(to) })
        .where((is, { eq }) => eq(is.steps, shardPlanText(from)));
      return (await took(put.go(writing))) ? "changed" : "taken";
    },
    async merchants(after) {
      const all = plans.query.all({});
      const limit = merchantsPerPage + 1;
      const { data } = await (after === undefined ? all : all.gt({ merchant: after })).go({
        ...writing,
        limit,
        count: limit,
      });
      const merchants = data.slice(0, merchantsPerPage).map(({ merchant }) => merchant);
      const last = merchants.at(-1);
      return data.length > merchants.length && last !== undefined ? { merchants, next: last } : { merchants };
    },
  };
}
