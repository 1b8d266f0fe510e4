import type { MerchantId } from "@farthing/money";
import { createWriteTransaction, type EntityConfiguration } from "electrodb";
import { type Plan, readPlanContent, writePlanContent } from "../plan.ts";
import type { Plans } from "../ports.ts";
import { taken } from "./lost-write.ts";
import { planHeadEntity } from "./plan-head.entity.ts";
import { planVersionEntity } from "./plan-version.entity.ts";

interface StoredPlan {
  readonly merchant: MerchantId;
  readonly key: string;
  readonly version: number;
  readonly content: string;
  readonly createdAt: number;
}

/**
 * Plans in DynamoDB: each version an item for ever, and the newest one again in the merchant's list.
 *
 * One transaction writes both, so a list never misses a plan and a head never names a version that is not there.
 */
export function dynamoPlans(config: EntityConfiguration): Plans {
  const entities = { versions: planVersionEntity(config), heads: planHeadEntity(config) };

  return {
    async currentPlan({ merchant, key }) {
      const { data } = await entities.heads.get({ merchant, key }).go({ consistent: true });
      return data === null ? undefined : planFrom(data);
    },
    async planAt({ merchant, key }, version) {
      const { data } = await entities.versions.get({ merchant, key, version }).go({ consistent: true });
      return data === null ? undefined : planFrom(data);
    },
    async addPlan(plan) {
      const stored = storedPlan(plan);
      const before = plan.version - 1;
      const write = createWriteTransaction(entities, (to) => [
        to.versions.create(stored).commit(),
        to.heads
          .put(stored)
          .where((at, is) => (before === 0 ? is.notExists(at.version) : is.eq(at.version, before)))
          .commit(),
      ]);
      const { canceled, data } = await write.go();
      return canceled ? taken(data) : "added";
    },
    async plans(merchant, { limit, after }) {
      const all = entities.heads.query.primary({ merchant });
      const from = after === undefined ? all : all.gt({ key: after });
      // One more than asked for tells whether there is another page.
      const { data } = await from.go({ consistent: true, count: limit + 1 });
      const items = data.slice(0, limit).map(planFrom);
      const last = items.at(-1);
      return data.length > limit && last !== undefined ? { items, next: last.key } : { items };
    },
  };
}

function storedPlan(plan: Plan): StoredPlan {
  const { merchant, key, version, createdAt } = plan;
  return { merchant, key, version, createdAt, content: writePlanContent(plan) };
}

function planFrom({ merchant, key, version, content, createdAt }: StoredPlan): Plan {
  return { ...readPlanContent(content), merchant, key, version, createdAt };
}
