import { expect, test } from "vitest";
import { axisTicks } from "./axis-ticks.ts";

test.for([
  { values: [], ticks: [0, 1], why: "nothing was used" },
  { values: [0, 0], ticks: [0, 1], why: "only zeros" },
  { values: [2_041], ticks: [0, 1_000, 2_000, 3_000], why: "the step is round" },
  { values: [4], ticks: [0, 1, 2, 3, 4], why: "the highest value is a tick itself" },
  { values: [0.0007], ticks: [0, 0.0002, 0.0004, 0.0006, 0.0008], why: "small values" },
  { values: [3_470_514], ticks: [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000], why: "large values" },
  { values: [-3, 5], ticks: [-4, -2, 0, 2, 4, 6], why: "values below zero" },
  { values: [Number.NaN, 10], ticks: [0, 2.5, 5, 7.5, 10], why: "what is no number is left out" },
])("$ticks: $why", ({ values, ticks }) => {
  expect(axisTicks(values)).toEqual(ticks);
});
