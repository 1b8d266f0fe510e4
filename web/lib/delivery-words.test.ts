import { expect, test } from "vitest";
import { isSoon, lastAnswer } from "./delivery-words.ts";

const at = "2026-11-26T12:00:00Z";
const attempt = { at, durationMs: 3 };

test.for([
  ["nothing was tried", [], undefined],
  [
    "the newest counts",
    [
      { ...attempt, statusCode: 500 },
      { ...attempt, statusCode: 204 },
    ],
    "204",
  ],
  ["nothing was answered", [{ ...attempt, error: "timed_out" as const }], "timed out"],
  ["a redirect", [{ ...attempt, statusCode: 302, error: "redirected" as const }], "302 redirected"],
] as const)("%s", ([, attempts, words]) => {
  expect(lastAnswer({ attempts })).toBe(words);
});

test.for([
  [undefined, false],
  ["2026-11-26T11:59:00Z", true],
  ["2026-11-26T12:00:59Z", true],
  ["2026-11-26T12:01:00Z", false],
] as const)("an attempt at %s is soon: %s", ([nextAt, soon]) => {
  expect(isSoon(nextAt, at)).toBe(soon);
});
