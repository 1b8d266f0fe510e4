import { expectOk } from "@farthing/money";
import { type Period, type PeriodRule, periodContaining } from "./calendar.ts";
import type { Subscription } from "./subscription.ts";

/** The period that holds an instant, in a zone that was checked when it was stored. Units: milliseconds. */
export function periodAt(instantMs: number, rule: PeriodRule): Period {
  return expectOk(periodContaining(instantMs, rule));
}

/** The periods of a subscription. */
export function periodsOf({ interval, timezone, anchor }: Pick<Subscription, keyof PeriodRule>): PeriodRule {
  return anchor === undefined ? { interval, timezone } : { interval, timezone, anchor };
}

/** Where a schedule cuts periods of a rule: at their ends, and of those longer than a month also at each month inside. */
export function cutsOf(rule: PeriodRule): PeriodRule {
  return rule.interval === "quarter" || rule.interval === "year" ? { ...rule, interval: "month" } : rule;
}
