import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffMs, canRetry, parseRetryAfter } from "./retry.ts";

describe("canRetry", () => {
  test.for([
    { status: 0, again: true, why: "no answer came" },
    { status: 400, again: false, why: "the request is at fault" },
    { status: 401, again: false, why: "the key is at fault" },
    { status: 428, again: false, why: "just below" },
    { status: 429, again: true, why: "too many requests" },
    { status: 430, again: false, why: "just above" },
    { status: 499, again: false, why: "the last 4xx" },
    { status: 500, again: true, why: "the server is at fault" },
    { status: 503, again: true, why: "the server asks for it" },
    { status: 301, again: false, why: "the address is at fault" },
  ])("$status: $again, because $why", ({ status, again }) => {
    expect(canRetry(status)).toBe(again);
  });
});

describe("backoffMs", () => {
  const rules = { baseMs: 200, capMs: 30_000 };

  test.for([
    { attempt: 0, retryAfterMs: undefined, random: 0, wait: 0, why: "full jitter may wait for nothing" },
    { attempt: 0, retryAfterMs: undefined, random: 0.5, wait: 100, why: "the first ceiling is the base" },
    { attempt: 3, retryAfterMs: undefined, random: 0.5, wait: 800, why: "the ceiling doubles" },
    { attempt: 100, retryAfterMs: undefined, random: 1, wait: 30_000, why: "up to the cap" },
    { attempt: 0, retryAfterMs: 2_000, random: 0, wait: 2_000, why: "Retry-After is a floor" },
    { attempt: 0, retryAfterMs: 2_000, random: 0.5, wait: 2_100, why: "and the jitter comes on top" },
    { attempt: 0, retryAfterMs: 86_400_000, random: 0, wait: 300_000, why: "a day is not waited for" },
  ])("attempt $attempt, after $retryAfterMs: $wait ms, $why", ({ attempt, retryAfterMs, random, wait }) => {
    expect(backoffMs(attempt, retryAfterMs, rules, () => random)).toBe(wait);
  });
});

describe("parseRetryAfter", () => {
  const now = Date.UTC(2026, 10, 22, 12, 0, 0);

  test.for([
    { header: null, wait: undefined },
    { header: "0", wait: 0 },
    { header: " 7 ", wait: 7_000 },
    { header: "-7", wait: undefined },
    { header: "1e3", wait: undefined },
    { header: "soon", wait: undefined },
    { header: "Sun, 22 Nov 2026 12:00:05 GMT", wait: 5_000 },
    { header: "Sun, 22 Nov 2026 11:00:00 GMT", wait: 0 },
    { header: "Sun, 99 Nov 2026 11:00:00 GMT", wait: undefined },
  ])("$header is $wait ms", ({ header, wait }) => {
    expect(parseRetryAfter(header, now)).toBe(wait);
  });

  test("never throws, and never waits for less than nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (header) => {
        const wait = parseRetryAfter(header, now);
        expect(wait === undefined || wait >= 0).toBe(true);
      }),
    );
  });
});
