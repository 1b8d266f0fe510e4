import { err, type MerchantId, ok, type Result, type UnknownCurrency } from "@farthing/money";
import type { NotFound } from "./get-plan.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import { meterProblem, type UnknownGroup, type UnknownMeter } from "./meter-problem.ts";
import { type PlanBody, type PlanContent, planContent, type TiersExhausted } from "./plan.ts";
import type { Pricing } from "./put-plan.ts";

/** What may be wrong with a proposed version. */
export type ProposalProblem =
  | NotFound
  | InvalidRequest
  | UnknownCurrency
  | TiersExhausted
  | UnknownMeter
  | UnknownGroup;

/** Which version of a plan is proposed: one that is published, new content, or where neither is named the newest. */
export interface Proposal {
  readonly merchant: MerchantId;
  readonly key: string;
  readonly version?: number | undefined;
  readonly plan?: PlanBody | undefined;
}

/**
 * Finds what a proposed version of a plan charges; nothing is published. It has the currency and the interval of the newest
 * version, or no difference between the two would mean anything.
 *
 * Errors, in this order: `not_found` for the plan or its version; those of a plan that is stored; `invalid_request` for
 * another currency or interval.
 */
export async function proposedPlan(
  { plans, meters }: Pick<Pricing, "plans" | "meters">,
  { merchant, key, version, plan }: Proposal,
): Promise<Result<PlanContent, ProposalProblem>> {
  const name = { merchant, key };
  const current = await plans.currentPlan(name);
  const published = version === undefined ? current : await plans.planAt(name, version);
  if (current === undefined || published === undefined) return err({ code: "not_found" });
  const content = plan === undefined ? ok(published) : planContent(plan);
  if (!content.ok) return content;
  const problem = plan === undefined ? undefined : meterProblem(content.value, await meters.meterGroups(merchant));
  if (problem !== undefined) return problem;
  const issues = (["currency", "interval"] as const)
    .filter((field) => content.value[field] !== current[field])
    .map((field) => ({
      path: `plan.${field}`,
      message: `A simulation has the ${field} of the plan's newest version.`,
    }));
  return issues.length === 0 ? content : err({ code: "invalid_request", issues });
}
