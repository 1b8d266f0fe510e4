import { PlanAnswer, PlanBody, PlanPath, PlanQuery } from "@farthing/pricing";
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
