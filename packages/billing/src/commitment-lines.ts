import type { TimeRange } from "@farthing/metering";
import { type Decimal, noMoney, one, type Picos, sum, zero } from "@farthing/money";
import { baseOf, type MeteredPrice, minimumOf, partsOf, trueUp } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import { keyOf } from "./line-key.ts";
import { periodShare } from "./period-share.ts";
import type { LineKey } from "./seal.ts";

/** What a price charges for a period beside what its events add: no event is behind it. */
export interface Commitment {
  readonly key: LineKey;
  readonly kind: "minimum";
  readonly meter: string;
  readonly description: string;
  readonly quantity: Decimal;
  readonly exact: Picos;
}

/** A period, whether what the subscription holds of it is over, and what its usage comes to. */
export interface CommittedPeriod {
  readonly period: TimeRange;
  readonly isOver: boolean;
  readonly usage: Picos;
}

/** Whether a price charges anything for a period without usage. */
export function commits(price: MeteredPrice): boolean {
  return minimumOf(price) !== undefined || partsOf(price).some((part) => baseOf(part.price) !== 0n);
}

/**
 * What a price charges once a period is over: the fee for no usage where it charges one, and what brings the period up to
 * its minimum. Before that both come to nothing.
 */
export function commitmentsOf(window: ChargeWindow, price: MeteredPrice, at: CommittedPeriod): readonly Commitment[] {
  const line = (name: string, description: string, exact: Picos): Commitment => ({
    key: keyOf(window, `${price.key}#${name}`, { ...at.period, meterRevision: 0 }),
    kind: "minimum",
    meter: price.meter,
    description: `${price.key}: ${description}`,
    quantity: exact === 0n ? zero : one,
    exact,
  });
  const part = periodShare(window, at.period);
  const isOwed = at.isOver && part.of.digits > 0n;
  const base = sum(partsOf(price).map((part) => baseOf(part.price)));
  const minimum = minimumOf(price);
  const lines = base === 0n ? [] : [line("base", "fee without usage", isOwed ? base : noMoney)];
  if (minimum === undefined) return lines;
  const owed = trueUp(minimum, { charged: sum([base, at.usage]), part });
  return [...lines, line("minimum", "up to the minimum", isOwed ? owed : noMoney)];
}
