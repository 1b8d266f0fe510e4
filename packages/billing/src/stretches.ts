import type { TimeRange } from "@farthing/metering";
import { intersect, isEmpty } from "./coverage.ts";

/** What some stretches hold of a range, in their order. Units: milliseconds. */
export function within(stretches: readonly TimeRange[], range: TimeRange): readonly TimeRange[] {
  return stretches.map((stretch) => intersect(stretch, range)).filter((part) => !isEmpty(part));
}

/** What of some stretches lies in none of others. Units: milliseconds. */
export function without(stretches: readonly TimeRange[], others: readonly TimeRange[]): readonly TimeRange[] {
  return others.reduce<readonly TimeRange[]>(
    (left, other) =>
      left
        .flatMap(({ from, to }) => [
          { from, to: Math.min(to, other.from) },
          { from: Math.max(from, other.to), to },
        ])
        .filter((part) => !isEmpty(part)),
    stretches.filter((stretch) => !isEmpty(stretch)),
  );
}

/** Whether an instant lies in one of some stretches. Units: milliseconds. */
export function isIn(stretches: readonly TimeRange[], time: number): boolean {
  return stretches.some(({ from, to }) => from <= time && time < to);
}
