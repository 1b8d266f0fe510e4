import { describe, expect, test } from "vitest";
import { sample, valued } from "./samples.fixture.ts";
import { sum } from "./sum.ts";

describe("sum", () => {
  test.for([
    { samples: [], value: "0", why: "nothing is nought" },
    { samples: [sample(123), sample("0.4567890123456789")], value: "123.4567890123456789", why: "every digit counts" },
    { samples: [sample("0.1"), sample("0.2")], value: "0.3", why: "not as binary fractions are" },
    { samples: [sample("0.5"), sample(2)], value: "2.5", why: "whole numbers and others" },
    { samples: [sample(5), sample(-5)], value: "0", why: "negative values take away" },
    {
      samples: [sample(Number.MAX_SAFE_INTEGER), sample(Number.MAX_SAFE_INTEGER)],
      value: "18014398509481982",
      why: "past what a double holds",
    },
  ])("is $value: $why", ({ samples, value }) => {
    expect(valued(sum, samples)).toBe(value);
  });
});
