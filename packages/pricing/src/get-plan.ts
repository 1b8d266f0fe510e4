import { err, ok, type Result } from "@farthing/money";
import * as v from "valibot";
import { type PlanAnswer, planAnswer } from "./plan-answer.ts";
import type { PlanName } from "./ports.ts";
import type { Pricing } from "./put-plan.ts";

/** The merchant has no plan of that key, or it has no such version. */
export interface NotFound {
  readonly code: "not_found";
}

/** Which version to show; the newest where none is named. */
export const PlanQuery = v.strictObject({
  version: v.exactOptional(
    v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/, "A version is a whole number from 1."), v.transform(Number)),
  ),
});

/** Shows a plan, in its newest version or in a named one. Errors: `not_found`. */
export async function getPlan(
  { plans }: Pick<Pricing, "plans">,
  { version, ...name }: PlanName & { readonly version?: number | undefined },
): Promise<Result<PlanAnswer, NotFound>> {
  const plan = version === undefined ? await plans.currentPlan(name) : await plans.planAt(name, version);
  return plan === undefined ? err({ code: "not_found" }) : ok(planAnswer(plan));
}
