import type { TimeRange } from "@farthing/metering";
import type { Frontier } from "./seal.ts";

/** What one seal covers, and by which meters: a step of the coverage of a customer's facts. */
export interface CoverageStep {
  readonly seal: number;
  readonly frontier: Frontier;
  readonly meterRevision: number;
}

/** A stretch of an entry's event time that one seal covered first. */
export interface CoveredRange extends TimeRange {
  readonly seal: number;
  readonly meterRevision: number;
}

/**
 * Cuts an entry's event time by the seal that covered it first: of seals whose frontier holds the entry, the one whose cut
 * first lay behind the time. Times behind the last cut are not covered.
 *
 * `steps` rise by seal. Units: milliseconds.
 */
export function coverageOf(entry: number, steps: readonly CoverageStep[]): readonly CoveredRange[] {
  const ranges: CoveredRange[] = [];
  let from = Number.NEGATIVE_INFINITY;
  for (const { seal, frontier, meterRevision } of steps) {
    if (frontier.entry < entry || frontier.cut <= from) continue;
    ranges.push({ from, to: frontier.cut, seal, meterRevision });
    from = frontier.cut;
  }
  return ranges;
}

/** The same for many entries of one chain: entries that the same seals cover share an answer. */
export function coverages(steps: readonly CoverageStep[]): (entry: number) => readonly CoveredRange[] {
  const known = new Map<number, readonly CoveredRange[]>();
  return (entry) => {
    // Frontiers never go back, so the first that holds an entry tells which do.
    let first = 0;
    while (first < steps.length && (steps[first]?.frontier.entry ?? 0) < entry) first += 1;
    const found = known.get(first) ?? coverageOf(entry, steps);
    known.set(first, found);
    return found;
  };
}

/** What two stretches share; empty where `to ≤ from`. */
export function intersect(a: TimeRange, b: TimeRange): TimeRange {
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
}

/** Whether a stretch holds no instant. */
export function isEmpty({ from, to }: TimeRange): boolean {
  return to <= from;
}
