import type { TimeRange } from "@farthing/metering";
import { decimalOf } from "@farthing/money";
import type { Ratio } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import { intersect } from "./coverage.ts";

/** The part of a period for which a window owes its flat prices and commitments, by time. */
export function periodShare({ fees }: Pick<ChargeWindow, "fees">, period: TimeRange): Ratio {
  const held = intersect(fees, period);
  return { of: decimalOf(Math.max(0, held.to - held.from)), per: decimalOf(period.to - period.from) };
}
