import { type Clock, err, ok, type Result, type UnknownCurrency } from "@farthing/money";
import type { InvalidRequest } from "./invalid-request.ts";
import { meterProblem, type UnknownGroup, type UnknownMeter } from "./meter-problem.ts";
import { type PlanBody, planContent, type TiersExhausted, writePlanContent } from "./plan.ts";
import { type PlanAnswer, planAnswer } from "./plan-answer.ts";
import type { MeterCatalogue, PlanName, Plans } from "./ports.ts";

/** What a plan's use cases need. */
export interface Pricing {
  readonly plans: Plans;
  readonly meters: MeterCatalogue;
  readonly clock: Clock;
}

// A writer that loses a version learns of the winner's, so only an endless stream of other writers could need more.
const attempts = 20;
const largestContentBytes = 65_536;

/**
 * Stores a plan: other content than the newest version's makes the next version, the same content answers the newest.
 *
 * Errors, in this order: `unknown_currency`; `invalid_request` for a price key used twice; `tiers_exhausted`;
 * `invalid_request` for a plan past 64 KB; then, unless the content is the newest version's, `unknown_meter` and
 * `unknown_group`, price by price.
 */
export async function putPlan(
  { plans, meters, clock }: Pricing,
  { merchant, key, body }: PlanName & { readonly body: PlanBody },
): Promise<Result<PlanAnswer, UnknownCurrency | InvalidRequest | TiersExhausted | UnknownMeter | UnknownGroup>> {
  const content = planContent(body);
  if (!content.ok) return content;
  const text = writePlanContent(content.value);
  if (Buffer.byteLength(text) > largestContentBytes) return refuse("prices", "A plan has at most 64 KB.");

  let checked = false;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const current = await plans.currentPlan({ merchant, key });
    if (current !== undefined && writePlanContent(current) === text) return ok(planAnswer(current));

    const problem = checked ? undefined : meterProblem(content.value, await meters.meterGroups(merchant));
    if (problem !== undefined) return problem;
    checked = true;

    const plan = { ...content.value, merchant, key, version: (current?.version ?? 0) + 1, createdAt: clock.now() };
    if ((await plans.addPlan(plan)) === "added") return ok(planAnswer(plan));
  }
  throw new Error("a plan's versions are all taken by others");
}

function refuse(path: string, message: string): Result<never, InvalidRequest> {
  return err({ code: "invalid_request", issues: [{ path, message }] });
}
