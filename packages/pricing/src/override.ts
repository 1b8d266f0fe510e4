import { err, ok, type Result } from "@farthing/money";
import * as v from "valibot";
import type { InvalidRequest } from "./invalid-request.ts";
import { jsonOf } from "./json-of.ts";
import { KeyText } from "./model.ts";
import { boundedTiers, type Plan, type PlanContent, priceLists, type TiersExhausted } from "./plan.ts";
import { type Price, PriceBody } from "./price.ts";
import { keyPrices } from "./price-keys.ts";

/** What a customer pays otherwise: the key of a price of its plan, and the fields in which its own price differs. */
export const OverrideBody = v.objectWithRest({ price: KeyText }, v.unknown());

/** What a customer pays otherwise: the key of a price of its plan, and the fields in which its own price differs. */
export type OverrideBody = v.InferOutput<typeof OverrideBody>;

/** The plan has no price of this key. */
export interface UnknownPrice {
  readonly code: "unknown_price";
  readonly price: string;
  readonly path: string;
}

/** What may be wrong with a customer's own prices. */
export type OverrideProblem = UnknownPrice | InvalidRequest | TiersExhausted;

/**
 * Makes a customer's own prices: each is the plan's price of that key with some fields said anew, or with another model and
 * its fields, on the same meter and group.
 *
 * Errors, in this order, one override after the other: `unknown_price`; `invalid_request` for what does not fit, and for a
 * price named twice; then `tiers_exhausted`.
 */
export function overridesOf(
  plan: Pick<PlanContent, "prices" | "phases">,
  bodies: readonly OverrideBody[],
): Result<readonly Price[], OverrideProblem> {
  const known = priceLists(plan).flatMap(({ prices }) => prices);
  const made: Price[] = [];
  for (const [index, body] of bodies.entries()) {
    const at = `overrides.${index}`;
    const base = known.find(({ key }) => key === body.price);
    if (base === undefined) return err({ code: "unknown_price", price: body.price, path: `${at}.price` });
    if (made.some(({ key }) => key === base.key))
      return refuse([{ path: `${at}.price`, message: "It is named before." }]);
    const price = overridden(base, body, at);
    if (!price.ok) return price;
    made.push(price.value);
  }
  const bounded = boundedTiers(made, "overrides");
  return bounded === undefined ? ok(made) : err(bounded);
}

function overridden(base: Price, { price: key, ...fields }: OverrideBody, at: string): Result<Price, InvalidRequest> {
  const text = jsonOf(base);
  const scope = Object.fromEntries(Object.entries(text).filter(([name]) => name === "meter" || name === "group"));
  const from = fields.model === undefined || fields.model === base.model ? text : scope;
  const strange = ["key", "meter", "group"].filter((name) => name in fields);
  if (strange.length > 0)
    return refuse(strange.map((name) => ({ path: `${at}.${name}`, message: "This stays as the plan has it." })));
  const parsed = v.safeParse(PriceBody, { ...from, ...fields, key });
  if (parsed.success) return ok({ ...parsed.output, key });
  return refuse(
    parsed.issues.map((issue) => ({
      path: [at, v.getDotPath(issue)].filter((part) => part !== null).join("."),
      message: issue.message,
    })),
  );
}

function refuse(issues: InvalidRequest["issues"]): Result<never, InvalidRequest> {
  return err({ code: "invalid_request", issues });
}

/** A plan as a customer has it: with its own prices in the place of those of the same keys. */
export function overriddenPlan(plan: Plan, overrides: readonly Price[]): Plan {
  const own = new Map(overrides.map((price) => [price.key, price]));
  const listed = (prices: readonly Price[]) => prices.map((price) => own.get(price.key) ?? price);
  const phases = plan.phases?.map((phase) =>
    phase.prices === undefined ? phase : { ...phase, prices: listed(phase.prices) },
  );
  return { ...plan, prices: listed(plan.prices), ...(phases === undefined ? {} : { phases }) };
}

/** Writes prices as the one text that equal ones have; a store keeps it. */
export function writePrices(prices: readonly Price[]): string {
  return JSON.stringify(jsonOf(prices));
}

/** Reads what `writePrices` wrote. Errors: throws on any other text. */
export function readPrices(text: string): readonly Price[] {
  const keyed = keyPrices(v.parse(v.array(PriceBody), JSON.parse(text)));
  if (!keyed.ok) throw new Error("stored prices have a key twice");
  return keyed.value;
}
