import {
  type CurrencyCode,
  type Decimal,
  err,
  expectOk,
  formatDecimal,
  isCurrency,
  type MerchantId,
  ok,
  type Result,
  type UnknownCurrency,
} from "@farthing/money";
import * as v from "valibot";
import { CollectBody, type CollectPolicy } from "./collect-policy.ts";
import { PriceText } from "./decimal-text.ts";
import { type Interval, intervals } from "./interval.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import { jsonOf } from "./json-of.ts";
import { KeyText } from "./model.ts";
import { keyPhases, type Phase, PhaseBody } from "./phase.ts";
import { type Price, PriceBody } from "./price.ts";
import { keyPrices } from "./price-keys.ts";
import { NameText } from "./whole-text.ts";

/** What a merchant says of a plan. */
export const PlanBody = v.strictObject({
  currency: v.string(),
  interval: v.picklist(intervals),
  prices: v.pipe(v.array(PriceBody), v.maxLength(200)),
  phases: v.exactOptional(v.pipe(v.array(PhaseBody), v.minLength(1), v.maxLength(20))),
  minimumInvoice: v.exactOptional(PriceText),
  collect: v.exactOptional(CollectBody),
  name: v.exactOptional(NameText),
});

/** What a merchant says of a plan. */
export type PlanBody = v.InferOutput<typeof PlanBody>;

/** The path of a plan's routes. */
export const PlanPath = v.strictObject({ key: KeyText });

/**
 * What a plan charges: all that makes one version differ from another.
 *
 * Units: `minimumInvoice` in the currency's major units; an invoice below it is carried.
 */
export interface PlanContent {
  readonly currency: CurrencyCode;
  readonly interval: Interval;
  readonly prices: readonly Price[];
  /** What is charged before `prices` are, from a subscription's start on, one after the other. */
  readonly phases?: readonly Phase[];
  readonly minimumInvoice?: Decimal;
  /** When a balance is asked for; at every seal where nothing is said. */
  readonly collect?: CollectPolicy;
  readonly name?: string;
}

/** One version of a price list; it never changes. Units: `createdAt` in milliseconds since 1970. */
export interface Plan extends PlanContent {
  readonly merchant: MerchantId;
  readonly key: string;
  readonly version: number;
  readonly createdAt: number;
}

/** A price's last tier has a bound: usage past it would have no price. Units: `limit` in metered units. */
export interface TiersExhausted {
  readonly code: "tiers_exhausted";
  readonly limit: string;
  readonly path: string;
}

/**
 * Takes what a merchant said as a plan's content, each price with a key.
 *
 * Errors, in this order: `unknown_currency`; `invalid_request` for a price key used twice; `tiers_exhausted`.
 */
export function planContent(body: PlanBody): Result<PlanContent, UnknownCurrency | InvalidRequest | TiersExhausted> {
  const { currency, phases: said, ...rest } = body;
  if (!isCurrency(currency)) return err({ code: "unknown_currency", currency: currency.slice(0, 10) });
  const prices = keyPrices(rest.prices);
  if (!prices.ok) return prices;
  const phases = keyPhases(said ?? []);
  if (!phases.ok) return phases;
  const content = { ...rest, currency, prices: prices.value, ...(said === undefined ? {} : { phases: phases.value }) };
  const bounded = priceLists(content).map(({ at, prices: list }) => boundedTiers(list, `${at}prices`));
  const first = bounded.find((problem) => problem !== undefined);
  return first === undefined ? ok(content) : err(first);
}

/** Each price list of a plan, with where it stands. */
export function priceLists({
  prices,
  phases = [],
}: Pick<PlanContent, "prices" | "phases">): readonly { readonly at: string; readonly prices: readonly Price[] }[] {
  return [
    { at: "", prices },
    ...phases.map((phase, index) => ({ at: `phases.${index}.`, prices: phase.prices ?? [] })),
  ];
}

/** The first price of a list whose tiers end, so that usage past them would be lost; `list` is where in a body it stands. */
export function boundedTiers(prices: readonly Price[], list: string): TiersExhausted | undefined {
  for (const [index, price] of prices.entries()) {
    if (!("tiers" in price)) continue;
    const last = price.tiers.at(-1)?.upTo ?? null;
    const path = `${list}.${index}.tiers.${price.tiers.length - 1}.upTo`;
    if (last !== null) return { code: "tiers_exhausted", limit: formatDecimal(last), path };
  }
  return undefined;
}

/** Writes a plan's content as the one text that all equal contents have; a store keeps it. */
export function writePlanContent(content: PlanContent): string {
  const { currency, interval, prices, phases, minimumInvoice, collect, name } = content;
  return JSON.stringify(jsonOf({ currency, interval, prices, phases, minimumInvoice, collect, name }));
}

/** Reads what `writePlanContent` wrote. Errors: throws on any other text. */
export function readPlanContent(text: string): PlanContent {
  return expectOk(planContent(v.parse(PlanBody, JSON.parse(text))));
}
