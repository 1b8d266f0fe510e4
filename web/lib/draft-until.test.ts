import { describe, expect, test } from "vitest";
import { draftUntil, type Periods } from "./draft-until.ts";

// A Saturday.
const now = "2026-10-31T20:00:00Z";
const of = (interval: Periods["interval"], timezone = "UTC"): Periods => ({ interval, timezone, billing: "calendar" });

describe("draftUntil", () => {
  test.for([
    ["a day of the customer's own zone", [of("day", "Asia/Kolkata")], 0, "2026-11-01T18:30:00Z"],
    ["a week ends on Sunday", [of("week")], 0, "2026-11-02T00:00:00Z"],
    ["a month", [of("month")], 0, "2026-11-01T00:00:00Z"],
    ["a month that ends in another offset", [of("month", "America/New_York")], 0, "2026-11-01T04:00:00Z"],
    ["a quarter", [of("quarter")], 0, "2027-01-01T00:00:00Z"],
    ["a year", [of("year")], 0, "2027-01-01T00:00:00Z"],
    ["the grace of the merchant", [of("month")], 48, "2026-11-03T00:00:00Z"],
    ["the first of several", [of("year"), of("week")], 0, "2026-11-02T00:00:00Z"],
    ["a month where there is no subscription", [], 0, "2026-11-30T18:30:00Z"],
    ["none that is counted from an anchor", [of("day"), { ...of("month"), billing: "anchor" }], 0, undefined],
  ] as const)("%s", ([, periods, graceHours, until]) => {
    expect(draftUntil({ now, periods, timezone: "Asia/Kolkata", graceHours })).toBe(until);
  });
});
