import type { Hour } from "./hour.ts";
import type { ShardPlan, ShardStep } from "./shard.ts";

/** A shard plan as the text that stores keep and compare: "495000:1,495010:4". */
export function shardPlanText(plan: ShardPlan): string {
  return plan.steps.map(({ from, count }) => `${from}:${count}`).join(",");
}

/** Reads what `shardPlanText` wrote. Errors: throws on other text. */
export function parseShardPlan(text: string): ShardPlan {
  const [first, ...rest] = text.split(",").map(parseStep);
  if (first === undefined) throw new Error("a shard plan has no steps");
  return { steps: [first, ...rest] };
}

function parseStep(text: string): ShardStep {
  const match = /^(\d+):(\d+)$/.exec(text);
  if (match === null) throw new Error("not a step of a shard plan");
  return { from: Number(match[1]) as Hour, count: Number(match[2]) };
}
