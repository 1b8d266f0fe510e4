import { describe, expect, test } from "vitest";
import { draftUntil } from "./draft-until.ts";

const now = "2026-10-31T20:00:00Z";

describe("draftUntil", () => {
  test.for([
    ["a month of UTC", "UTC", ["month"], 0, "2026-11-01T00:00:00Z"],
    ["the customer's own day", "Asia/Kolkata", ["day"], 0, "2026-11-01T18:30:00Z"],
    ["the grace of the merchant", "UTC", ["month"], 48, "2026-11-03T00:00:00Z"],
    ["the first of several", "UTC", ["month", "day"], 0, "2026-11-01T00:00:00Z"],
    ["a month without a plan", "Asia/Kolkata", [], 0, "2026-11-30T18:30:00Z"],
    ["a month that ends in another offset", "America/New_York", ["month"], 0, "2026-11-01T04:00:00Z"],
    ["no interval that is known", "UTC", ["month", "fortnight"], 0, undefined],
  ] as const)("%s", ([, timezone, intervals, graceHours, until]) => {
    expect(draftUntil({ now, timezone, intervals, graceHours })).toBe(until);
  });
});
