export { FlatPrice, rateFlat } from "./flat.ts";
export { getPlan, type NotFound, PlanQuery } from "./get-plan.ts";
export { Group, groupCovers } from "./group.ts";
export type { InvalidRequest } from "./invalid-request.ts";
export { keptPlans } from "./kept-plans.ts";
export { listPlans } from "./list-plans.ts";
export { PerUnitPrice, ratePerUnit } from "./per-unit.ts";
export {
  type Interval,
  type Plan,
  PlanBody,
  type PlanContent,
  PlanPath,
} from "./plan.ts";
export { PlanAnswer, planAnswer } from "./plan-answer.ts";
export type { MeterCatalogue, PlanName, PlanPage, Plans } from "./ports.ts";
export { isMetered, type MeteredPrice, type ModelName, type Price, PriceBody, rate } from "./price.ts";
export { type Pricing, putPlan, type UnknownGroup, type UnknownMeter } from "./put-plan.ts";
