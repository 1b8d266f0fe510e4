import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CoverageStep, coverageOf, coverages, intersect, isEmpty } from "./coverage.ts";

const step = (seal: number, entry: number, cut: number): CoverageStep => ({
  seal,
  frontier: { entry, cut },
  meterRevision: seal * 10,
});

/** The ranges of an entry as "from-to:seal". */
const shown = (entry: number, steps: readonly CoverageStep[]) =>
  coverageOf(entry, steps).map(({ from, to, seal }) => `${Number.isFinite(from) ? from : ""}-${to}:${seal}`);

/** Frontiers that never go back. */
const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(5)), { maxLength: 6 }).map((moves) => {
  let [entry, cut] = [0, 0];
  return moves.map(([entries, time], index) => {
    [entry, cut] = [entry + entries, cut + time];
    return step(index + 1, entry, cut);
  });
});

describe("coverageOf", () => {
  test.for([
    { entry: 1, steps: [], ranges: [], why: "nothing is sealed" },
    { entry: 1, steps: [step(1, 1, 10)], ranges: ["-10:1"], why: "the seal whose frontier holds it, up to the cut" },
    { entry: 2, steps: [step(1, 1, 10)], ranges: [], why: "a later entry is not covered" },
    {
      entry: 1,
      steps: [step(1, 1, 10), step(2, 1, 20)],
      ranges: ["-10:1", "10-20:2"],
      why: "each seal its own stretch",
    },
    { entry: 2, steps: [step(1, 1, 10), step(2, 2, 20)], ranges: ["-20:2"], why: "late facts are the later seal's" },
    { entry: 2, steps: [step(1, 1, 10), step(2, 2, 10)], ranges: ["-10:2"], why: "also where the cut stands still" },
    {
      entry: 1,
      steps: [step(1, 1, 10), step(2, 2, 10)],
      ranges: ["-10:1"],
      why: "a seal that covers nothing has no part",
    },
  ])("of entry $entry is $ranges: $why", ({ entry, steps, ranges }) => {
    expect(shown(entry, steps)).toEqual(ranges);
  });

  test("gives every fact under the last frontier to one seal, the first that covered it, whatever comes after", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 8 }), fc.integer({ min: -1, max: 30 }), (all, entry, time) => {
        const holds = ({ frontier }: CoverageStep) => entry <= frontier.entry && time < frontier.cut;
        const found = coverageOf(entry, all).filter(({ from, to }) => from <= time && time < to);
        const first = all.find(holds);
        expect(found.map(({ seal, meterRevision }) => [seal, meterRevision])).toEqual(
          first === undefined ? [] : [[first.seal, first.meterRevision]],
        );
        for (let count = 0; count <= all.length; count++) {
          const earlier = all.slice(0, count).find(holds);
          if (earlier !== undefined) expect(earlier.seal).toBe(first?.seal);
        }
      }),
      { seed: 1 },
    );
  });
});

test("coverages answers for any entries what coverageOf does for each", () => {
  fc.assert(
    fc.property(steps, fc.array(fc.integer({ min: 1, max: 12 })), (all, entries) => {
      const coverage = coverages(all);
      for (const entry of entries) expect(coverage(entry)).toEqual(coverageOf(entry, all));
    }),
  );
});

describe("stretches", () => {
  test.for([
    { a: [0, 10], b: [5, 20], shared: [5, 10], empty: false },
    { a: [0, 10], b: [10, 20], shared: [10, 10], empty: true },
    { a: [0, 10], b: [12, 20], shared: [12, 10], empty: true },
    { a: [-Infinity, Infinity], b: [1, 2], shared: [1, 2], empty: false },
  ])("$a and $b share $shared", ({ a, b, shared, empty }) => {
    const range = ([from = 0, to = 0]: readonly number[]) => ({ from, to });
    expect(intersect(range(a), range(b))).toEqual(range(shared));
    expect(isEmpty(intersect(range(b), range(a)))).toBe(empty);
  });
});
