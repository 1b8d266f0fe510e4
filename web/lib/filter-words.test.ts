import type { MeterFilter } from "@farthing/sdk";
import { describe, expect, test } from "vitest";
import { filterWords } from "./filter-words.ts";

describe("filterWords", () => {
  test.for<{ filter: MeterFilter; words: string }>([
    { filter: { model: "lite" }, words: "model = lite" },
    {
      filter: { model: { eq: "lite" }, tokens: { gt: 10, lte: "20" } },
      words: "model = lite and tokens > 10 and tokens ≤ 20",
    },
    { filter: { model: { in: ["a", "b"] } }, words: "model in a, b" },
    { filter: { model: { exists: true }, zone: { exists: false } }, words: "model exists and zone is missing" },
    { filter: { model: { not: "lite" } }, words: "model ≠ lite" },
    { filter: { model: { not: { in: ["a"] } } }, words: "not (model in a)" },
    { filter: { not: { cached: true } }, words: "not (cached = true)" },
    { filter: { or: [{ a: 1 }, { b: { gte: 2 }, c: { lt: 3 } }] }, words: "(a = 1) or (b ≥ 2 and c < 3)" },
    { filter: { and: [{ a: 1 }] }, words: "a = 1" },
  ])("says $words", ({ filter, words }) => {
    expect(filterWords(filter)).toBe(words);
  });
});
