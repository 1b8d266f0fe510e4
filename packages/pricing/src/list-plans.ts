import { type MerchantId, ok, type Result } from "@farthing/money";
import { type PlanAnswer, planAnswer } from "./plan-answer.ts";
import type { Pricing } from "./put-plan.ts";

/** Lists a merchant's plans in their newest versions, in order of their keys; `next` is the key that a page ends with. */
export async function listPlans(
  { plans }: Pick<Pricing, "plans">,
  { merchant, ...page }: { readonly merchant: MerchantId; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ readonly items: readonly PlanAnswer[]; readonly next?: string }, never>> {
  const { items, next } = await plans.plans(merchant, page);
  return ok({ items: items.map(planAnswer), ...(next === undefined ? {} : { next }) });
}
