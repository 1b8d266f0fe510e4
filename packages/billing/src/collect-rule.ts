import { type CurrencyCode, decimal, type Picos, roundToPicos } from "@farthing/money";
import type { CollectPolicy } from "@farthing/pricing";
import { inForceAt } from "./charge-window.ts";
import { periodAt, periodsOf } from "./period-at.ts";
import type { RatingOrder } from "./seal-rating.ts";

/** A customer's own policy, as its profile and its seals keep it: amounts as plain decimals in major units. */
export interface CollectTerms {
  readonly atAmount?: string;
  readonly afterDays?: number;
  readonly atPeriodEnd?: boolean;
  readonly withinPeriodAt?: string;
}

/** A policy from the words of a customer. */
export function policyFrom({ atAmount, withinPeriodAt, ...rest }: CollectTerms): CollectPolicy {
  return {
    ...rest,
    ...(atAmount === undefined ? {} : { atAmount: decimal(atAmount) }),
    ...(withinPeriodAt === undefined ? {} : { withinPeriodAt: decimal(withinPeriodAt) }),
  };
}

/** A balance as a seal finds it. Units: `due` in whole minor units, times in milliseconds. */
export interface Balance {
  readonly due: Picos;
  /** When the oldest part of it was first billed; nothing where all of it is new. */
  readonly since: number | undefined;
  readonly cut: number;
  readonly isPeriodEnd: boolean;
}

const dayMs = 86_400_000;

/**
 * Whether a policy asks for a balance now, or carries it on. No policy asks at every seal.
 *
 * Source: docs/invoices.md, "When a balance is asked for".
 */
export function asksFor(policy: CollectPolicy | undefined, { due, since, cut, isPeriodEnd }: Balance): boolean {
  if (policy === undefined) return true;
  const { atAmount, afterDays, atPeriodEnd, withinPeriodAt } = policy;
  const amounts = [atAmount, withinPeriodAt].filter((amount) => amount !== undefined);
  if (amounts.some((amount) => due >= roundToPicos(amount, "up"))) return true;
  if (afterDays !== undefined && since !== undefined && cut - since >= afterDays * dayMs) return true;
  return atPeriodEnd === true && isPeriodEnd;
}

/** The policy of a currency at a new cut: the customer's own, else its plan's; a plan's currency is the only one that it rules. */
export function policyOf({ windows, next, collect }: RatingOrder, currency: CurrencyCode): CollectPolicy | undefined {
  const plan = inForceAt(windows, next.cut)?.plan;
  if (plan !== undefined && plan.currency !== currency) return undefined;
  return collect === undefined ? plan?.collect : policyFrom(collect);
}

/** Whether a new cut lies where a period of the customer ends. */
export function cutsPeriod({ windows, next, timezone }: RatingOrder): boolean {
  const window = inForceAt(windows, next.cut);
  const rule = window === undefined ? ({ interval: "month", timezone } as const) : periodsOf(window.subscription);
  return periodAt(next.cut, rule).from === next.cut;
}
