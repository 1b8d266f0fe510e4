import { aggregationOf, type MeterSet } from "@farthing/metering";
import { isMetered, type PlanContent } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import { type CoveredTally, coveredTallies, type FactStores, type FactView, statementsIn } from "./fact-reader.ts";
import type { RatingOrder } from "./seal-rating.ts";
import { type Touched, usagePeriods } from "./touched-period.ts";
import { movedFrom } from "./window-move.ts";

/** Which windows charge for values that are carried from period to period, by which meters. Units: milliseconds. */
export interface Carry {
  readonly meters: ReadonlyMap<string, ReadonlySet<string>>;
  /** The time of the first fact that can be carried; infinite where nothing is. */
  readonly first: number;
}

const noMeters: ReadonlySet<string> = new Set();

/** The meters on a plan's prices that carry values on; a meter that carries never stops to, whatever its definition. */
export function carryingMeters(plan: PlanContent, set: MeterSet): ReadonlySet<string> {
  const carrying = set.meters.filter(({ aggregation }) => aggregationOf(aggregation).carries).map(({ key }) => key);
  const priced = new Set(plan.prices.flatMap((price) => (isMetered(price) ? [price.meter] : [])));
  return new Set(carrying.filter((key) => priced.has(key)));
}

/** Finds out what a seal has to carry; reads the customer's log from its beginning where it has to. */
export async function carryOf(
  stores: FactStores,
  { customer, meterRevision, windows, next }: RatingOrder,
): Promise<Carry> {
  const set = await stores.meters.metersAt(customer.merchant, meterRevision);
  const byPlan = windows.map(({ key, plan }) => [key, carryingMeters(plan, set)] as const);
  const meters = new Map(byPlan.filter(([, keys]) => keys.size > 0));
  if (meters.size === 0) return { meters, first: Number.POSITIVE_INFINITY };
  const statements = await statementsIn(stores, customer, { from: 0, to: next.cut });
  const covered = statements.filter(({ number }) => number <= next.entry);
  return { meters, first: Math.min(Number.POSITIVE_INFINITY, ...covered.map(({ first }) => first)) };
}

/** The meters that a subscription carries values of. */
export function metersCarried({ meters }: Carry, window: ChargeWindow | undefined): ReadonlySet<string> {
  return meters.get(window?.key ?? "") ?? noMeters;
}

/**
 * The periods that carried values reach: time passes in them without any event, and what changes in one changes all that
 * follow. A period that the last cut lies in is among them, since its subscription may end sooner than it did then.
 */
export function carriedPeriods(
  { windows, stretches, last, next, moves }: RatingOrder,
  { meters, first }: Carry,
): readonly Touched[] {
  const changed = Math.min(last.cut - 1, ...stretches.map(({ from }) => from));
  return windows
    .filter(({ key }) => meters.has(key))
    .flatMap((window) => {
      const from = Math.max(first, Math.min(changed, movedFrom(moves, window)));
      return usagePeriods(window, [{ from, to: next.cut }], next.cut);
    });
}

/** The covered facts before an instant of some meters. Units: milliseconds. */
export async function carriedTallies(
  stores: FactStores,
  view: FactView,
  { from, meters }: { readonly from: number; readonly meters: ReadonlySet<string> },
): Promise<readonly CoveredTally[]> {
  if (meters.size === 0) return [];
  return await coveredTallies(stores, view, { from: Number.NEGATIVE_INFINITY, to: from }, meters);
}
