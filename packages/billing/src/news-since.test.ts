import type { Statement, StruckFact } from "@farthing/metering";
import { describe, expect, test } from "vitest";
import { newStretches, nextReadFrom, noFrontier } from "./news-since.ts";

/** An entry with events from one instant to another. */
function entry(number: number, first: number, last: number, events = 2): Statement {
  const counts = { events, voids: 0, duplicates: 0, conflicts: 0 };
  return { number, first, last, counts } as Statement;
}

const struck = (time: number): StruckFact => ({ entry: 1, row: 0, time, verdict: "voided" });
const frontier = (at: number, cut: number) => ({ entry: at, cut });

describe("newStretches", () => {
  test.for([
    { entries: [], last: noFrontier, next: frontier(0, 100), stretches: [], why: "an empty log" },
    {
      entries: [entry(1, 10, 20)],
      last: noFrontier,
      next: frontier(1, 100),
      stretches: ["10-21"],
      why: "all of a new entry",
    },
    {
      entries: [entry(1, 10, 20)],
      last: noFrontier,
      next: frontier(1, 15),
      stretches: ["10-15"],
      why: "up to the cut",
    },
    {
      entries: [entry(1, 10, 20)],
      last: noFrontier,
      next: frontier(1, 10),
      stretches: [],
      why: "nothing before the cut",
    },
    {
      entries: [entry(1, 10, 20)],
      last: frontier(1, 15),
      next: frontier(1, 100),
      stretches: ["15-21"],
      why: "of an old entry what lay behind the last cut",
    },
    {
      entries: [entry(1, 10, 20)],
      last: frontier(1, 21),
      next: frontier(1, 100),
      stretches: [],
      why: "nothing of what was covered",
    },
    {
      entries: [entry(2, 10, 20)],
      last: frontier(1, 15),
      next: frontier(2, 100),
      stretches: ["10-21"],
      why: "a late entry whole, also before the last cut",
    },
    {
      entries: [entry(2, 10, 20)],
      last: noFrontier,
      next: frontier(1, 100),
      stretches: [],
      why: "no entry behind the frontier",
    },
    {
      entries: [entry(1, 0, 0, 0)],
      last: noFrontier,
      next: frontier(1, 100),
      stretches: [],
      why: "no entry without events",
    },
  ])("are $stretches: $why", ({ entries, last, next, stretches }) => {
    const found = newStretches(entries, { last, next, struck: [] });
    expect(found.map(({ from, to }) => `${from}-${to}`)).toEqual(stretches);
  });

  test("hold the times whose verdict changed", () => {
    const found = newStretches([], { last: frontier(1, 50), next: frontier(1, 60), struck: [struck(7), struck(9)] });
    expect(found).toEqual([
      { from: 7, to: 8 },
      { from: 9, to: 10 },
    ]);
  });
});

describe("nextReadFrom", () => {
  test.for([
    { entries: [], next: frontier(0, 100), from: 1, why: "an empty log is read from its beginning" },
    { entries: [entry(1, 10, 20)], next: frontier(1, 21), from: 2, why: "all is covered" },
    { entries: [entry(1, 10, 20)], next: frontier(1, 20), from: 1, why: "an event lies at the cut" },
    {
      entries: [entry(1, 10, 20), entry(2, 5, 30), entry(3, 1, 2)],
      next: frontier(3, 21),
      from: 2,
      why: "the first that is open",
    },
    {
      entries: [entry(1, 10, 20), entry(2, 90, 99)],
      next: frontier(1, 21),
      from: 2,
      why: "behind the frontier nothing counts",
    },
    { entries: [entry(1, 99, 99, 0)], next: frontier(1, 21), from: 2, why: "nor does an entry without events" },
  ])("is $from: $why", ({ entries, next, from }) => {
    expect(nextReadFrom(entries, next)).toBe(from);
  });
});
