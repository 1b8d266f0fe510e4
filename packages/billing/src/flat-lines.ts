import type { FlatPrice, Price } from "@farthing/pricing";
import type { Period } from "./calendar.ts";
import type { ChargeWindow } from "./charge-window.ts";
import { flatLine, type LineDraft } from "./line-draft.ts";
import { periodsPassed } from "./periods-passed.ts";
import type { RatingOrder } from "./seal-rating.ts";

/**
 * The flat prices of a window that have come due since the last seal: those in advance as their period begins, those in
 * arrears when it is over. Of a period that the subscription holds in part, that part is charged.
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

type Flat = FlatPrice & { readonly key: string };

function flatsOf({ plan }: ChargeWindow): readonly Flat[] {
  return plan.prices.filter((price: Price): price is Flat => price.model === "flat");
}

function isDue({ next }: RatingOrder, price: Flat, period: Period): boolean {
  return price.timing === "in_advance" ? period.from < next.cut : period.to <= next.cut;
}

function duePeriods(order: RatingOrder, window: ChargeWindow): readonly Period[] {
  if (flatsOf(window).length === 0) return [];
  return periodsPassed(order, window, Math.max(window.from, window.fees.from));
}
