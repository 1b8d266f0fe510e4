import { describe, expect, test } from "vitest";
import { inTurns, type Step, steps } from "./steps.ts";

const step = (name: string, computes?: true): Step => ({
  name,
  group: "test",
  command: "true",
  args: [],
  counts: false,
  ...(computes === undefined ? {} : { computes }),
});

describe("inTurns", () => {
  test.for([
    { all: [], turns: [], why: "nothing" },
    { all: [step("a"), step("b")], turns: ["a", "b"], why: "one after the other" },
    { all: [step("a"), step("b", true), step("c", true), step("d")], turns: ["a", "b c", "d"], why: "two at once" },
    { all: [step("b", true), step("a"), step("c", true)], turns: ["b", "a", "c"], why: "none across another" },
  ])("$turns: $why", ({ all, turns }) => {
    expect(inTurns(all).map((turn) => turn.map(({ name }) => name).join(" "))).toEqual(turns);
  });

  test("leaves no step out", () => {
    expect(inTurns(steps).flat()).toEqual(steps);
  });
});
