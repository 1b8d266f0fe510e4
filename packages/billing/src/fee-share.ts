import {
  decimal,
  divideRounded,
  formatDecimal,
  formatMoney,
  type Picos,
  picos,
  picosFrom,
  roundToMinor,
} from "@farthing/money";
import type { FeeRule } from "./invoice-terms.ts";

/** What collecting an invoice costs by one method: an amount in whole minor units, and its share of the invoice in percent. */
export interface EffectiveFee {
  readonly method: string;
  readonly amount: string;
  readonly share: string;
}

/**
 * What collecting an amount costs: percent and a fixed part, at most the cap, half to even in the currency's unit.
 *
 * Units: picos.
 */
export function feeOf(total: Picos, { percent, fixed, cap, currency }: FeeRule): Picos {
  const { digits, scale } = decimal(percent);
  const part = divideRounded(total * digits, 100n * 10n ** BigInt(scale), "half-even") + picos(fixed);
  const most = cap === undefined || part < picos(cap) ? part : picos(cap);
  return roundToMinor(picosFrom(most), currency);
}

/** The fee of collecting an amount above nothing, with its share of it to a hundredth of a percent. */
export function effectiveFee(total: Picos, rule: FeeRule): EffectiveFee {
  const amount = feeOf(total, rule);
  const share = divideRounded(amount * 10_000n, total, "half-even");
  return {
    method: rule.method,
    amount: formatMoney(amount, rule.currency),
    share: formatDecimal({ digits: share, scale: 2 }),
  };
}
