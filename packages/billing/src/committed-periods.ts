import { isMetered } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import { commits } from "./commitment-lines.ts";
import { intersect } from "./coverage.ts";
import { periodsPassed } from "./periods-passed.ts";
import type { RatingOrder } from "./seal-rating.ts";
import type { Touched } from "./touched-period.ts";

/** The periods that are over since the last seal, of subscriptions that owe something for them whatever was used. */
export function committedPeriods(order: RatingOrder): readonly Touched[] {
  return order.windows
    .filter(({ plan }) => plan.prices.some((price) => isMetered(price) && commits(price)))
    .flatMap((window): Touched[] => {
      const from = settledUntil(order, window);
      const within = intersect(window, { from: Number.NEGATIVE_INFINITY, to: order.next.cut });
      const start = Math.max(window.from, window.subscription.flatFrom);
      const isNew = !order.charged.has(window.subscription.id);
      return periodsPassed({ ...order, last: { ...order.last, cut: from } }, window, start).flatMap((period) => {
        const end = Math.min(period.to, window.to);
        const isDue = end <= order.next.cut && (isNew || end > from);
        return isDue ? [{ window, period, range: intersect(period, within) }] : [];
      });
    });
}

/** Up to where commitments were charged; a subscription that one made since ends in sealed time is looked at again from there. */
function settledUntil({ windows, charged, last }: RatingOrder, { to }: ChargeWindow): number {
  const endedByNew = windows.some(({ from, subscription }) => from === to && !charged.has(subscription.id));
  return endedByNew ? Math.min(last.cut, to - 1) : last.cut;
}
