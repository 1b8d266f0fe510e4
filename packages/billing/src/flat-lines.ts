import type { Price } from "@farthing/pricing";
import type { Period } from "./calendar.ts";
import type { ChargeWindow } from "./charge-window.ts";
import { flatLine, type LineDraft } from "./line-draft.ts";
import { periodAt } from "./period-at.ts";
import type { RatingOrder } from "./seal-rating.ts";

/**
 * The flat prices of a window that have come due since the last seal: those in advance as their period begins, those in
 * arrears when it is over. A period that the subscription holds in part is charged whole.
 */
export function flatLines(order: RatingOrder, window: ChargeWindow): readonly LineDraft[] {
  const flats = flatsOf(window);
  return duePeriods(order, window).flatMap((period) =>
    flats
      .filter((price) => isDue(order, price, period))
      .flatMap((price) => flatLine(window, price, period, order.chain)),
  );
}

/** From where on seals may have charged flat prices that are looked at now. Units: milliseconds; infinite where there are none. */
export function flatsFrom(order: RatingOrder): number {
  const periods = order.windows.flatMap((window) => duePeriods(order, window));
  return Math.min(Number.POSITIVE_INFINITY, ...periods.map(({ from }) => from));
}

function flatsOf({ plan }: ChargeWindow): readonly Price[] {
  return plan.prices.filter((price) => price.model === "flat");
}

function isDue({ next }: RatingOrder, price: Price, period: Period): boolean {
  if (price.model !== "flat") return false;
  return price.timing === "in_advance" ? period.from < next.cut : period.to <= next.cut;
}

/** The window's periods that begin or end between the last cut and the next; all up to it for a new subscription. */
function duePeriods({ last, next, charged }: RatingOrder, window: ChargeWindow): readonly Period[] {
  if (flatsOf(window).length === 0) return [];
  const zone = { interval: window.plan.interval, timezone: window.subscription.timezone };
  const start = Math.max(window.from, window.subscription.flatFrom);
  const isNew = !charged.has(window.subscription.id);
  const from = isNew ? start : Math.max(start, last.cut - 1);
  const periods: Period[] = [];
  for (let at = from; at < next.cut; ) {
    const period = periodAt(at, zone);
    if (period.from < window.to) periods.push(period);
    at = period.to;
  }
  return periods;
}
