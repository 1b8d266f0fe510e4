export { CollectBody, type CollectPolicy } from "./collect-policy.ts";
export { baseOf, minimumOf, trueUp } from "./commitment.ts";
export { type Coupon, CouponBody, type CouponOff, ScopeBody } from "./coupon.ts";
export {
  type CouponDocument,
  type Coupons,
  couponsIn,
  getCoupon,
  listCoupons,
  putCoupon,
  type TextStores,
} from "./coupons.ts";
export { PositiveText, RateText } from "./decimal-text.ts";
export { FlatPrice, rateFlat } from "./flat.ts";
export { getPlan, type NotFound, PlanQuery } from "./get-plan.ts";
export { Group, groupCovers } from "./group.ts";
export { type Interval, intervals } from "./interval.ts";
export type { InvalidRequest } from "./invalid-request.ts";
export { keptPlans } from "./kept-plans.ts";
export { listPlans } from "./list-plans.ts";
export type { UnknownGroup, UnknownMeter } from "./meter-problem.ts";
export {
  OverrideBody,
  type OverrideProblem,
  overriddenPlan,
  overridesOf,
  readPrices,
  type UnknownPrice,
  writePrices,
} from "./override.ts";
export {
  addTransaction,
  allowanceLeft,
  chargedFor,
  feeWithoutAllowance,
  noTransactions,
  PercentagePrice,
  type Transactions,
} from "./percentage.ts";
export { type Phase, phasePrices } from "./phase.ts";
export {
  type Plan,
  PlanBody,
  type PlanContent,
  PlanPath,
  type TiersExhausted,
} from "./plan.ts";
export { PlanAnswer, PriceAnswer, planAnswer, priceAnswer } from "./plan-answer.ts";
export type { MeterCatalogue, PlanName, PlanPage, Plans } from "./ports.ts";
export { isMetered, type MeteredPrice, type ModelName, type Price, PriceBody } from "./price.ts";
export { type Proposal, type ProposalProblem, proposedPlan } from "./proposed-plan.ts";
export { type Pricing, putPlan } from "./put-plan.ts";
export { type QuantityPrice, rate } from "./rate.ts";
export type { Ratio } from "./ratio.ts";
export {
  CountryPath,
  CountryText,
  getTaxRates,
  listTaxRates,
  putTaxRates,
  type TaxRates,
  TaxRatesBody,
  type TaxRatesDocument,
  type TaxTables,
  taxTablesIn,
} from "./tax-rates.ts";
export { partsOf, type UsagePart, type UsageValues } from "./usage-part.ts";
export type { VersionedText, VersionedTexts } from "./versioned-text.ts";
