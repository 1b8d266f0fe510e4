import { describe, expect, test } from "vitest";
import { count } from "./count.ts";
import { sample, valued } from "./samples.fixture.ts";

describe("count", () => {
  test.for([
    { samples: [], value: "0", why: "nothing is nought" },
    { samples: [sample(7)], value: "1", why: "whatever its value" },
    { samples: [sample(7), sample(7), sample("x")], value: "3", why: "one for each" },
  ])("is $value: $why", ({ samples, value }) => {
    expect(valued(count, samples)).toBe(value);
  });
});
