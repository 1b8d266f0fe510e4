import type { TimeRange } from "@farthing/metering";
import type { ChargeWindow } from "./charge-window.ts";
import { intersect, isEmpty } from "./coverage.ts";
import type { SealedLine } from "./seal.ts";
import type { RatingOrder } from "./seal-rating.ts";
import { within } from "./stretches.ts";
import type { Touched } from "./touched-period.ts";

/**
 * The lines of subscriptions that no longer charge in a part of the sealed time in which they were charged: a subscription
 * may start in the past, and a settlement may have sealed ahead of it.
 */
export async function linesTakenOver({ chain, moves }: RatingOrder): Promise<readonly SealedLine[]> {
  const lost = moves.flatMap((move) => move.lost);
  if (lost.length === 0) return [];
  await chain.since({ time: Math.min(...lost.map(({ from }) => from)), entry: Number.POSITIVE_INFINITY });
  return chain.lines.filter(({ key }) =>
    moves.some(({ window, lost: own }) => window.key === key.subscription && within(own, periodOf({ key })).length > 0),
  );
}

/** Whether the subscription of a line still charges in a part of the line's period. */
export function isHeld(line: Pick<SealedLine, "key">, windows: readonly ChargeWindow[]): boolean {
  const window = windows.find(({ key }) => key === line.key.subscription);
  return window !== undefined && !isEmpty(intersect(window, periodOf(line)));
}

/**
 * The periods of metered lines that lost events to another: what their subscription still holds there is rated again, and
 * where that is nothing, their lines are taken back.
 */
export function periodsTakenOver(
  lines: readonly SealedLine[],
  { windows, moves, next }: RatingOrder,
): readonly Touched[] {
  return lines.flatMap((line): readonly Touched[] => {
    if (line.meter === undefined) return [];
    const own = ({ key }: ChargeWindow) => key === line.key.subscription;
    const window = windows.find(own) ?? moves.find((move) => own(move.window))?.window;
    if (window === undefined) return [];
    const period = periodOf(line);
    const before = { from: Number.NEGATIVE_INFINITY, to: next.cut };
    const range = isHeld(line, windows) ? intersect(intersect(period, window), before) : nothingOf(period);
    return [{ window, period, range }];
  });
}

function nothingOf({ from }: TimeRange): TimeRange {
  return { from, to: from };
}

function periodOf({ key }: Pick<SealedLine, "key">): TimeRange {
  return { from: key.periodFrom, to: key.periodTo };
}
