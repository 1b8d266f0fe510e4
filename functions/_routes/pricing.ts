import { PlanAnswer, PlanBody, PlanPath, PlanQuery } from "@farthing/pricing";
import * as v from "valibot";
import { CustomerIdText, DecimalText, MomentText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

/** Stores a plan. */
export const putPlan = route({
  route: "PUT /v1/plans/{key}",
  does: "Stores a plan; other content makes a new version, and subscriptions stay on theirs until they are moved.",
  roles: ["billing"],
  path: PlanPath,
  body: PlanBody,
  answer: PlanAnswer,
  errors: ["unknown_currency", "invalid_request", "tiers_exhausted", "unknown_meter", "unknown_group"],
});

/** Shows a plan. */
export const getPlan = route({
  route: "GET /v1/plans/{key}",
  does: "Shows a plan's newest version, or the one asked for.",
  roles: ["read"],
  path: PlanPath,
  query: PlanQuery,
  answer: PlanAnswer,
  errors: ["not_found"],
});

/** Lists plans. */
export const listPlans = route({
  route: "GET /v1/plans",
  does: "Lists plans in their newest versions, in order of their keys.",
  roles: ["read"],
  paged: true,
  answer: PlanAnswer,
  errors: [],
});

const longestMs = 366 * 86_400_000;
const Difference = { billed: DecimalText, simulated: DecimalText, difference: DecimalText };

/** What a simulation rates, and by what; the newest version where none is named. */
const SimulationBody = v.pipe(
  v.strictObject({
    from: MomentText,
    to: MomentText,
    version: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
    plan: v.exactOptional(PlanBody),
    customers: v.exactOptional(v.pipe(v.array(CustomerIdText), v.minLength(1), v.maxLength(100))),
  }),
  v.check(({ version, plan }) => version === undefined || plan === undefined, "Name a version or a plan, not both."),
  v.check(
    ({ from, to }) => from < to && to - from <= longestMs,
    "A simulation ends after it begins, at most 366 days later.",
  ),
);

/** Simulates a version of a plan. */
export const simulatePlan = route({
  route: "POST /v1/plans/{key}/simulate",
  does: "Rates closed periods of a plan's customers under another version, and shows the difference; nothing is published or billed.",
  roles: ["billing"],
  path: PlanPath,
  body: SimulationBody,
  paged: true,
  replay: "recomputed",
  answer: v.pipe(
    v.object({
      customer: v.string(),
      ...Difference,
      periods: v.array(
        v.object({ subscription: v.string(), planVersion: v.number(), from: TimeText, to: TimeText, ...Difference }),
      ),
      notCompared: v.number(),
    }),
    v.title("SimulatedCustomer"),
  ),
  errors: ["not_found", "unknown_currency", "invalid_request", "tiers_exhausted", "unknown_meter", "unknown_group"],
});
