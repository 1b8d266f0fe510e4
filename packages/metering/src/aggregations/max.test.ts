import { describe, expect, test } from "vitest";
import { max } from "./max.ts";
import { sample, valued } from "./samples.fixture.ts";

describe("max", () => {
  test.for([
    { samples: [], value: null, why: "nothing has none" },
    { samples: [sample(-5)], value: "-5", why: "one value is it, below nought too" },
    { samples: [sample(12), sample("14.2")], value: "14.2", why: "whole numbers and others" },
    { samples: [sample(10), sample(9)], value: "10", why: "numbers, not text" },
    { samples: [sample("0.10"), sample("0.1")], value: "0.1", why: "equal values are one" },
    { samples: [sample(0), sample(-1)], value: "0", why: "nought is a value" },
  ])("is $value: $why", ({ samples, value }) => {
    expect(valued(max, samples)).toBe(value);
  });
});
