import { describe, expect, test } from "vitest";
import { sample, stateOf, valued } from "./samples.fixture.ts";
import { uniqueCount } from "./unique-count.ts";

describe("unique_count", () => {
  test.for([
    { samples: [], value: "0", why: "nothing is nought" },
    { samples: [sample("u1"), sample("u2"), sample("u1")], value: "2", why: "each value once" },
    { samples: [sample(1), sample("1")], value: "1", why: "as values are written" },
    { samples: [sample("a"), sample("A"), sample("a ")], value: "3", why: "every letter counts" },
    {
      samples: [sample(""), sample("é"), sample("e\u0301")],
      value: "3",
      why: "empty text is a value, and nothing is composed",
    },
  ])("is $value: $why", ({ samples, value }) => {
    expect(valued(uniqueCount, samples)).toBe(value);
  });

  test("takes 16 characters a value as text, and counts 20,000 exactly", () => {
    const all = Array.from({ length: 20_000 }, (_, i) => sample(`user-${i}`));
    const state = stateOf(uniqueCount, [...all, ...all.slice(0, 50)]);
    expect(uniqueCount.encode(state)).toHaveLength(20_000 * 16);
    expect(uniqueCount.decode(uniqueCount.encode(state)).size).toBe(20_000);
  });
});
