import type { TimeRange } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";
import type { Plan, Plans } from "@farthing/pricing";
import { periodAt, periodsOf } from "./period-at.ts";
import { phaseWindows } from "./plan-phases.ts";
import type { Subscription } from "./subscription.ts";
import { cancelledAt, type Run, runsOf } from "./subscription-event.ts";

/** A stretch of event time in which one subscription charges without a break. */
export interface ChargeStretch extends TimeRange {
  /** What its lines continue: the subscription's id, and which of its stretches it is. */
  readonly key: string;
  readonly subscription: Subscription;
  /** For which time flat prices and commitments are owed: that stretch, or up to the ends of its periods. */
  readonly fees: TimeRange;
}

/** What of a stretch lies in one phase of its plan, with the prices that hold there. */
export interface ChargeWindow extends ChargeStretch {
  /** The key of the stretch; that of the window tells its phases apart. */
  readonly stretch: string;
  readonly plan: Plan;
}

/**
 * The stretches in which each of a customer's subscriptions charges: the base ones in their order, and beside them each
 * add-on with those that took over from it.
 */
export function chargeWindows(subscriptions: readonly Subscription[]): readonly ChargeStretch[] {
  const chains = Map.groupBy(subscriptions, ({ addOn }) => addOn);
  return [...chains.values()].flatMap(chainStretches).sort((a, b) => a.from - b.from);
}

/** The stretches of the base subscriptions alone: at most one at each instant. */
export function baseStretches(subscriptions: readonly Subscription[]): readonly ChargeStretch[] {
  return chargeWindows(subscriptions.filter(({ addOn }) => addOn === undefined));
}

/** The window in force just before a cut: the base subscription's, else an add-on's. Units: milliseconds. */
export function inForceAt<Window extends ChargeStretch>(windows: readonly Window[], cut: number): Window | undefined {
  const all = windows.filter(({ from, to }) => from < cut && cut <= to);
  return all.find(({ subscription }) => subscription.addOn === undefined) ?? all[0];
}

/**
 * The stretches of subscriptions that take over from each other: each from its start to the start of the next, without its
 * pauses, and not after it was cancelled. Of two that start together, the one made later charges; one that was cancelled
 * before it started never was.
 */
function chainStretches(subscriptions: readonly Subscription[]): readonly ChargeStretch[] {
  const sorted = subscriptions
    .filter(({ start, events = [] }) => cancelledAt(events) > start)
    .sort((a, b) => a.start - b.start || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return sorted.flatMap((subscription, index) => {
    const next = sorted[index + 1];
    return runsOf(subscription)
      .map((run) => (next !== undefined && next.start < run.to ? cutBy(run, next) : run))
      .filter(({ from, to }) => from < to)
      .map((run) => stretchOf(subscription, run));
  });
}

/** A run that ends where the next subscription starts. */
function cutBy({ from, begunBy }: Run, { start, proration }: Subscription): Run & { readonly isWhole?: boolean } {
  return { from, to: start, isWhole: proration === "none", ...(begunBy === undefined ? {} : { begunBy }) };
}

function stretchOf(subscription: Subscription, run: Run & { readonly isWhole?: boolean }): ChargeStretch {
  const { from, to, begunBy, endedBy, isWhole = endedBy?.proration === "none" } = run;
  const rule = periodsOf(subscription);
  const feesFrom = begunBy === undefined ? subscription.flatFrom : firstFee(from, begunBy.proration, rule);
  const feesTo = isWhole ? periodAt(to - 1, rule).to : to;
  const key = begunBy === undefined ? subscription.id : `${subscription.id}~${begunBy.number}`;
  return { key, subscription, from, to, fees: { from: feesFrom, to: feesTo } };
}

/** Where fees go on after a pause: at once, or with the next period. */
function firstFee(from: number, proration: "none" | undefined, rule: ReturnType<typeof periodsOf>): number {
  if (proration === undefined) return from;
  const period = periodAt(from, rule);
  return period.from === from ? from : period.to;
}

/** Those stretches, phase by phase, with their plans. Errors: throws where a subscription names a plan that is not there. */
export async function plannedWindows(
  plans: Pick<Plans, "planAt">,
  merchant: MerchantId,
  subscriptions: readonly Subscription[],
): Promise<readonly ChargeWindow[]> {
  const windows = await Promise.all(
    chargeWindows(subscriptions).map(async (stretch) => {
      const { plan: key, planVersion } = stretch.subscription;
      const plan = await plans.planAt({ merchant, key }, planVersion);
      if (plan === undefined) throw new Error("a subscription names a version of a plan that is not there");
      return phaseWindows(stretch, plan);
    }),
  );
  return windows.flat();
}
