import * as v from "valibot";
import { intervals } from "./interval.ts";
import { jsonOf } from "./json-of.ts";
import type { Plan } from "./plan.ts";
import type { Price } from "./price.ts";

/** A tier or a cell. */
const Row = v.record(v.string(), v.union([v.string(), v.null(), v.record(v.string(), v.string())]));

/** A price as the API answers it. */
export const PriceAnswer = v.pipe(
  v.objectWithRest(
    { key: v.string(), model: v.string(), meter: v.exactOptional(v.string()) },
    v.union([v.string(), v.boolean(), v.array(v.string()), v.array(Row), v.record(v.string(), v.string())]),
  ),
  v.title("Price"),
);

/** Shows a price as the API does. */
export function priceAnswer(price: Price): v.InferOutput<typeof PriceAnswer> {
  return v.parse(PriceAnswer, jsonOf(price));
}

const PhaseAnswer = v.pipe(
  v.object({
    key: v.string(),
    name: v.exactOptional(v.string()),
    duration: v.object({ interval: v.picklist(intervals), count: v.number() }),
    prices: v.exactOptional(v.array(PriceAnswer)),
    discount: v.exactOptional(v.string()),
    free: v.exactOptional(v.literal(true)),
  }),
  v.title("Phase"),
);

/** A version of a plan as the API answers it: decimals as text, times as RFC 3339, prices with all their fields. */
export const PlanAnswer = v.pipe(
  v.object({
    key: v.string(),
    version: v.number(),
    currency: v.string(),
    interval: v.picklist(intervals),
    prices: v.array(PriceAnswer),
    phases: v.exactOptional(v.array(PhaseAnswer)),
    minimumInvoice: v.exactOptional(v.string()),
    collect: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
    name: v.exactOptional(v.string()),
    createdAt: v.pipe(v.string(), v.metadata({ format: "date-time" })),
  }),
  v.title("Plan"),
);

/** A version of a plan as the API answers it: decimals as text, times as RFC 3339, prices with all their fields. */
export type PlanAnswer = v.InferOutput<typeof PlanAnswer>;

/** Shows a plan as the API does. */
export function planAnswer(plan: Plan): PlanAnswer {
  return v.parse(PlanAnswer, { ...jsonOf(plan), createdAt: new Date(plan.createdAt).toISOString() });
}
