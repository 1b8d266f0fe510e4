import { compare } from "@farthing/money";
import type { LineAllocation } from "./seal-terms.ts";

/** Whether nothing changed of what is taken off a charge; one that was never recorded has nothing taken off, and no tax. */
export function isSameAllocation(before: LineAllocation | undefined, now: LineAllocation): boolean {
  const a: Pick<LineAllocation, "off" | "draws"> = before ?? { off: {}, draws: {} };
  if ((before?.tax === undefined) !== (now.tax === undefined)) return false;
  const coupons = [...Object.keys(a.off), ...Object.keys(now.off)];
  const grants = [...Object.keys(a.draws), ...Object.keys(now.draws)];
  return (
    coupons.every((id) => a.off[id] === now.off[id]) && grants.every((id) => isSameDraw(a.draws[id], now.draws[id]))
  );
}

type Drawn = LineAllocation["draws"][string] | undefined;

function isSameDraw(a: Drawn, b: Drawn): boolean {
  return a !== undefined && b !== undefined && a.exact === b.exact && compare(a.taken, b.taken) === 0;
}
