import { expect, test } from "vitest";
import { roundingSentence } from "./invoice-words.ts";

const sealed = {
  currency: "USD",
  status: "sealed",
  exact: "4.2472554466",
  carriedIn: "0",
  total: "4.25",
  carriedOut: "-0.0027445534",
} as const;

test.for([
  {
    why: "rounding added",
    sums: sealed,
    words:
      "The charges come to exactly 4.2472554466 USD, rounded once, half to even, to 4.25 USD; the 0.0027445534 USD that rounding added comes off the next invoice.",
  },
  {
    why: "rounding left, with a carry",
    sums: { ...sealed, exact: "4.24", carriedIn: "0.001", total: "4.24", carriedOut: "0.001" },
    words:
      "The charges come to exactly 4.24 USD; with 0.001 USD carried in from the invoice before, they are rounded once, half to even, to 4.24 USD; the 0.001 USD that rounding left moves to the next invoice.",
  },
  {
    why: "nothing to round",
    sums: { ...sealed, exact: "4.25", carriedOut: "0.00" },
    words: "The charges come to exactly 4.25 USD, and nothing had to be rounded.",
  },
  {
    why: "a carry that fits",
    sums: { ...sealed, exact: "4.24", carriedIn: "0.01", carriedOut: "0" },
    words:
      "The charges come to exactly 4.24 USD; with 0.01 USD carried in from the invoice before, nothing had to be rounded.",
  },
  {
    why: "carried whole",
    sums: { ...sealed, status: "carried", exact: "0.0004", total: "0.00", carriedOut: "0.0004" },
    words:
      "The charges come to exactly 0.0004 USD; that is less than is invoiced, so all of it, 0.0004 USD, moves to the next invoice.",
  },
  {
    why: "carried whole, with a carry",
    sums: { ...sealed, status: "carried", exact: "0.0004", carriedIn: "0.001", total: "0", carriedOut: "0.0014" },
    words:
      "The charges come to exactly 0.0004 USD and 0.001 USD carried in from the invoice before; that is less than is invoiced, so all of it, 0.0014 USD, moves to the next invoice.",
  },
] as const)("$why", ({ sums, words }) => {
  expect(roundingSentence(sums)).toBe(words);
});
