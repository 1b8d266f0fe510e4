import type { TimeRange } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";
import type { Plan, Plans } from "@farthing/pricing";
import type { Subscription } from "./subscription.ts";

/** A stretch of event time in which one subscription charges. */
export interface ChargeWindow extends TimeRange {
  readonly subscription: Subscription;
  readonly plan: Plan;
}

/**
 * The stretches in which each of a customer's subscriptions charges: from its start to the start of the next. Of two that
 * start together, the one made later charges.
 */
export function chargeWindows(
  subscriptions: readonly Subscription[],
): readonly (TimeRange & { subscription: Subscription })[] {
  const sorted = [...subscriptions].sort(
    (a, b) => a.start - b.start || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  );
  return sorted
    .map((subscription, index) => ({
      subscription,
      from: subscription.start,
      to: sorted[index + 1]?.start ?? Number.POSITIVE_INFINITY,
    }))
    .filter(({ from, to }) => from < to);
}

/** Those stretches with their plans. Errors: throws where a subscription names a plan that is not there. */
export async function plannedWindows(
  plans: Pick<Plans, "planAt">,
  merchant: MerchantId,
  subscriptions: readonly Subscription[],
): Promise<readonly ChargeWindow[]> {
  return await Promise.all(
    chargeWindows(subscriptions).map(async (window) => {
      const { plan: key, planVersion } = window.subscription;
      const plan = await plans.planAt({ merchant, key }, planVersion);
      if (plan === undefined) throw new Error("a subscription names a version of a plan that is not there");
      return { ...window, plan };
    }),
  );
}
