import { describe, expect, test } from "vitest";
import { min } from "./min.ts";
import { sample, valued } from "./samples.fixture.ts";

describe("min", () => {
  test.for([
    { samples: [], value: null, why: "nothing has none" },
    { samples: [sample(-5)], value: "-5", why: "one value is it, below nought too" },
    { samples: [sample(12), sample("14.2")], value: "12", why: "whole numbers and others" },
    { samples: [sample(10), sample(9)], value: "9", why: "numbers, not text" },
    { samples: [sample("0.10"), sample("0.1")], value: "0.1", why: "equal values are one" },
    { samples: [sample(0), sample(-1)], value: "-1", why: "nought is a value" },
  ])("is $value: $why", ({ samples, value }) => {
    expect(valued(min, samples)).toBe(value);
  });
});
