import type { TimeRange } from "@farthing/metering";
import { isMetered } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import { commits } from "./commitment-lines.ts";
import { intersect } from "./coverage.ts";
import { periodsPassed } from "./periods-passed.ts";
import type { RatingOrder } from "./seal-rating.ts";
import { within } from "./stretches.ts";
import type { Touched } from "./touched-period.ts";
import { moveOf } from "./window-move.ts";

/**
 * The periods that are over since the last seal, or that a subscription holds more or less of since, of subscriptions that
 * owe something for them whatever was used.
 */
export function committedPeriods(order: RatingOrder): readonly Touched[] {
  return order.windows
    .filter(({ plan }) => plan.prices.some((price) => isMetered(price) && commits(price)))
    .flatMap((window): readonly Touched[] => {
      const range = intersect(window, { from: Number.NEGATIVE_INFINITY, to: order.next.cut });
      return periodsPassed(order, window, Math.max(window.from, window.fees.from))
        .filter((period) => isDue(order, window, period))
        .map((period) => ({ window, period, range: intersect(period, range) }));
    });
}

function isDue({ last, next, moves }: RatingOrder, window: ChargeWindow, period: TimeRange): boolean {
  const { gained, lost } = moveOf(moves, window);
  if (within([...gained, ...lost], period).length > 0) return true;
  const end = Math.min(period.to, window.to);
  // An end at the last cut itself may be new: then the period was not over there, and nothing sealed has moved.
  return end <= next.cut && (end > last.cut || (end === last.cut && end < period.to));
}
