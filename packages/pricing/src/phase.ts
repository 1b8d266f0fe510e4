import { type Decimal, err, multiply, ok, one, type Result, subtract, zero } from "@farthing/money";
import * as v from "valibot";
import { PartText } from "./decimal-text.ts";
import { intervals } from "./interval.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import { KeyText } from "./model.ts";
import { type Price, PriceBody } from "./price.ts";
import { keyPrices } from "./price-keys.ts";

const mostCount = 1000;

/** A stretch of a subscription, counted from its start, in which its plan charges otherwise; as a plan's author writes it. */
export const PhaseBody = v.pipe(
  v.strictObject({
    key: v.exactOptional(KeyText),
    name: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
    duration: v.strictObject({
      interval: v.picklist(intervals),
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostCount)),
    }),
    prices: v.exactOptional(v.pipe(v.array(PriceBody), v.maxLength(200))),
    discount: v.exactOptional(PartText),
    free: v.exactOptional(v.literal(true)),
  }),
  v.check(
    ({ prices, discount, free }) => [prices, discount, free].filter((one) => one !== undefined).length === 1,
    "A phase has one of `prices`, `discount` and `free`.",
  ),
);

/** A stretch of a subscription, counted from its start, in which its plan charges otherwise; as a plan's author writes it. */
export type PhaseBody = v.InferOutput<typeof PhaseBody>;

/** A phase of a plan: with prices of its own, with the plan's at a discount, or free. */
export interface Phase extends Omit<PhaseBody, "key" | "prices"> {
  /** Unique in its plan; invoices continue the phase's lines under it. */
  readonly key: string;
  readonly prices?: readonly Price[];
}

/** Gives each phase, and each price in it, a key. Errors: `invalid_request` for a key used twice. */
export function keyPhases(phases: readonly PhaseBody[]): Result<readonly Phase[], InvalidRequest> {
  const taken = new Set<string>();
  const keyed: Phase[] = [];
  for (const [index, { prices, ...phase }] of phases.entries()) {
    const key = phase.key ?? `phase-${index + 1}`;
    if (taken.has(key)) return refuse(`phases.${index}.key`, "Another phase of the plan has this key.");
    taken.add(key);
    const own = keyPrices(prices ?? [], `phases.${index}.`);
    if (!own.ok) return own;
    keyed.push({ ...phase, key, ...(prices === undefined ? {} : { prices: own.value }) });
  }
  return ok(keyed);
}

function refuse(path: string, message: string): Result<never, InvalidRequest> {
  return err({ code: "invalid_request", issues: [{ path, message }] });
}

/** What is charged in a phase of a plan with these prices. Source: docs/pricing.md, "Phases". */
export function phasePrices(prices: readonly Price[], { prices: own, discount = zero, free }: Phase): readonly Price[] {
  if (free) return [];
  return own ?? prices.map((price) => scaled(price, subtract(one, discount)));
}

/** A price of which only a part is charged, its limits divided like its amounts. */
function scaled(price: Price, part: Decimal): Price {
  const times = (amount: Decimal) => multiply(amount, part);
  if (price.model === "flat") return { ...price, amount: times(price.amount) };
  if (price.model === "percentage")
    return {
      ...price,
      rate: times(price.rate),
      ...scaledFields(price, ["fixed", "minimum", "maximum", "periodMinimum", "periodMaximum"], times),
    };
  const discount = subtract(one, times(subtract(one, price.discount ?? zero)));
  return { ...price, discount, ...scaledFields(price, ["minimum", "maximum"], times) };
}

function scaledFields<Field extends string>(
  price: Readonly<Partial<Record<Field, Decimal | undefined>>>,
  fields: readonly Field[],
  times: (amount: Decimal) => Decimal,
): Partial<Record<Field, Decimal>> {
  const found: Partial<Record<Field, Decimal>> = {};
  for (const field of fields) {
    const amount = price[field];
    if (amount !== undefined) found[field] = times(amount);
  }
  return found;
}
