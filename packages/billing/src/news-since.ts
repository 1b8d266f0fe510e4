import type { Statement, StruckFact, TimeRange } from "@farthing/metering";
import { intersect, isEmpty } from "./coverage.ts";
import type { Frontier } from "./seal.ts";

/** The frontier before a customer's first seal. */
export const noFrontier: Frontier = { entry: 0, cut: Number.NEGATIVE_INFINITY };

/**
 * The stretches of event time in which a new frontier covers events that the last one did not, or in which a verdict changed:
 * the periods that they touch are rated again.
 */
export function newStretches(
  entries: readonly Statement[],
  { last, next, struck }: { readonly last: Frontier; readonly next: Frontier; readonly struck: readonly StruckFact[] },
): readonly TimeRange[] {
  const covered = entries
    .filter(({ counts, number }) => counts.events > 0 && number <= next.entry)
    .map((statement) => {
      const from = statement.number > last.entry ? Number.NEGATIVE_INFINITY : last.cut;
      return intersect({ from, to: next.cut }, { from: statement.first, to: statement.last + 1 });
    });
  const revised = struck.map(({ time }) => ({ from: time, to: time + 1 }));
  return [...covered, ...revised].filter((stretch) => !isEmpty(stretch));
}

/** The first entry with events at or after the cut, where the next seal begins to read. */
export function nextReadFrom(entries: readonly Statement[], next: Frontier): number {
  const open = entries.filter(
    ({ counts, number, last }) => number <= next.entry && counts.events > 0 && last >= next.cut,
  );
  return Math.min(next.entry + 1, ...open.map(({ number }) => number));
}
