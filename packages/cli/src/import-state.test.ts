import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acknowledge, doneBytes, isDone, newImportState, noCounts, problemCount } from "./import-state.ts";

const one = { accepted: 1, duplicates: 0, problems: { unreadable: 2 }, warnings: { unmetered: 3 } };

describe("acknowledge", () => {
  const span = (start: number, end: number) => ({ start, end, line: end / 10 });

  test.for([
    { spans: [[0, 10]], offset: 10, beyond: 0, why: "the next stretch moves the frontier" },
    { spans: [[10, 20]], offset: 0, beyond: 1, why: "a later one waits" },
    {
      spans: [
        [10, 20],
        [0, 10],
      ],
      offset: 20,
      beyond: 0,
      why: "and is taken in when the gap closes",
    },
    {
      spans: [
        [20, 30],
        [0, 10],
      ],
      offset: 10,
      beyond: 1,
      why: "a gap stays",
    },
    {
      spans: [
        [10, 20],
        [0, 30],
      ],
      offset: 30,
      beyond: 0,
      why: "a stretch may lie over another",
    },
  ])("$spans: $why", ({ spans, offset, beyond }) => {
    const state = spans.reduce(
      (state, [start = 0, end = 0]) => acknowledge(state, span(start, end), noCounts),
      newImportState("i"),
    );
    expect(state).toMatchObject({ offset, line: offset / 10 });
    expect(state.done).toHaveLength(beyond);
  });

  test("ends the same in any order, and knows what is done on the way", () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 });
    const program = cuts.chain((ends) => {
      const sorted = ends.toSorted((a, b) => a - b);
      const spans = sorted.map((end, at) => ({ start: sorted[at - 1] ?? 0, end, line: at + 1 }));
      return fc.shuffledSubarray(spans, { minLength: spans.length });
    });
    fc.assert(
      fc.property(program, (spans) => {
        let state = newImportState("i");
        const done: typeof spans = [];
        for (const next of spans) {
          state = acknowledge(state, next, one);
          done.push(next);
          for (let place = 0; place < 100; place++) {
            expect(isDone(state, place)).toBe(done.some(({ start, end }) => place >= start && place < end));
          }
          expect(doneBytes(state)).toBe(done.reduce((sum, { start, end }) => sum + end - start, 0));
        }
        const end = Math.max(...spans.map((each) => each.end));
        expect(state).toMatchObject({ offset: end, line: spans.length, done: [] });
        expect(state.counts).toEqual({
          accepted: spans.length,
          duplicates: 0,
          problems: { unreadable: 2 * spans.length },
          warnings: { unmetered: 3 * spans.length },
        });
        expect(problemCount(state.counts)).toBe(2 * spans.length);
      }),
    );
  });
});
