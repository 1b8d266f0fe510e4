import type { Decimal } from "@farthing/money";
import * as v from "valibot";
import { PriceText } from "./decimal-text.ts";

/** When a balance is asked for, as a merchant says it: when any of these holds. */
export const CollectBody = v.strictObject({
  atAmount: v.exactOptional(PriceText),
  afterDays: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650))),
  atPeriodEnd: v.exactOptional(v.boolean()),
  withinPeriodAt: v.exactOptional(PriceText),
});

/**
 * When a balance is asked for, and not carried on: when any of these holds.
 *
 * Units: amounts in the currency's major units. `afterDays` counts from when the oldest part of the balance was first billed;
 * `withinPeriodAt` also makes a seal of its own as soon as the running balance reaches it.
 */
export interface CollectPolicy {
  readonly atAmount?: Decimal;
  readonly afterDays?: number;
  readonly atPeriodEnd?: boolean;
  readonly withinPeriodAt?: Decimal;
}
