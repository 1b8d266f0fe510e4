import { type Clock, err, ok, type Result, type UnknownCurrency } from "@farthing/money";
import type { InvalidRequest } from "./invalid-request.ts";
import { type PlanBody, type PlanContent, planContent, type TiersExhausted, writePlanContent } from "./plan.ts";
import { type PlanAnswer, planAnswer } from "./plan-answer.ts";
import type { MeterCatalogue, PlanName, Plans } from "./ports.ts";
import { isMetered, type MeteredPrice } from "./price.ts";

/** A price is on a meter that the merchant does not have. */
export interface UnknownMeter {
  readonly code: "unknown_meter";
  readonly meter: string;
  readonly path: string;
}

/** A price is for a group that its meter does not have. */
export interface UnknownGroup {
  readonly code: "unknown_group";
  readonly group: string;
  readonly path: string;
}

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

function meterProblem(
  { prices }: PlanContent,
  known: ReadonlyMap<string, readonly string[]>,
): Result<never, UnknownMeter | UnknownGroup> | undefined {
  for (const [index, price] of prices.entries()) {
    if (!isMetered(price)) continue;
    const { meter } = price;
    const groups = known.get(meter);
    if (groups === undefined) return err({ code: "unknown_meter", meter, path: `prices.${index}.meter` });
    const strange = groupsNamed(price).find(({ name }) => !groups.includes(name));
    if (strange !== undefined)
      return err({ code: "unknown_group", group: strange.name, path: `prices.${index}.${strange.path}` });
  }
  return undefined;
}

/** The names that a price tells usage apart by, and where it says so. */
function groupsNamed(price: MeteredPrice): readonly { readonly name: string; readonly path: string }[] {
  const dimensions = price.model === "matrix" ? price.dimensions : [];
  return [
    ...Object.keys(price.group ?? {}).map((name) => ({ name, path: `group.${name}` })),
    ...dimensions.map((name, index) => ({ name, path: `dimensions.${index}` })),
  ];
}

function refuse(path: string, message: string): Result<never, InvalidRequest> {
  return err({ code: "invalid_request", issues: [{ path, message }] });
}
