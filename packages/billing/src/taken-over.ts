import type { TimeRange } from "@farthing/metering";
import type { ChargeWindow } from "./charge-window.ts";
import { intersect, isEmpty } from "./coverage.ts";
import type { SealedLine } from "./seal.ts";
import type { RatingOrder } from "./seal-rating.ts";
import type { Touched } from "./touched-period.ts";

/**
 * The lines of subscriptions in whose sealed time one that was made since now charges: a subscription may start in the past,
 * and a settlement may have sealed ahead of it.
 */
export async function linesTakenOver(order: RatingOrder): Promise<readonly SealedLine[]> {
  const { chain, windows, charged, last } = order;
  const taken = windows
    .filter(({ subscription }) => !charged.has(subscription.id))
    .map((window) => intersect(window, { from: Number.NEGATIVE_INFINITY, to: last.cut }))
    .filter((stretch) => !isEmpty(stretch));
  if (taken.length === 0 || charged.size === 0) return [];
  await chain.since({ time: Math.min(...taken.map(({ from }) => from)), entry: Number.POSITIVE_INFINITY });
  return chain.lines.filter(
    ({ key }) => key.subscription !== null && taken.some((stretch) => !isEmpty(intersect(stretch, periodOf({ key })))),
  );
}

/** Whether the subscription of a line still charges in a part of the line's period. */
export function isHeld(line: Pick<SealedLine, "key">, windows: readonly ChargeWindow[]): boolean {
  const window = windows.find(({ subscription }) => subscription.id === line.key.subscription);
  return window !== undefined && !isEmpty(intersect(window, periodOf(line)));
}

/** The periods of metered lines whose subscription still holds a part of them: what is left there is rated again. */
export function periodsHeld(lines: readonly SealedLine[], { windows, next }: RatingOrder): readonly Touched[] {
  return lines.flatMap((line) => {
    const window = windows.find(({ subscription }) => subscription.id === line.key.subscription);
    if (line.meter === undefined || window === undefined || !isHeld(line, windows)) return [];
    const period = periodOf(line);
    const before = { from: Number.NEGATIVE_INFINITY, to: next.cut };
    return [{ window, period, range: intersect(intersect(period, window), before) }];
  });
}

function periodOf({ key }: Pick<SealedLine, "key">): TimeRange {
  return { from: key.periodFrom, to: key.periodTo };
}
