import { describe, expect, test } from "vitest";
import { buckets, type Range, rangeDays, readRange, readWindow, windowsOf } from "./ranges.ts";

const now = "2026-11-22T12:34:56Z";

function days(from: string, through: string, zone = "UTC"): Range {
  return readRange({ from, through }, zone, now);
}

describe("readRange", () => {
  test.for([
    { query: {}, zone: "UTC", from: "2026-10-24T00:00:00Z", to: "2026-11-23T00:00:00Z", why: "thirty whole days" },
    {
      query: { range: "24h" },
      zone: "UTC",
      from: "2026-11-21T13:00:00Z",
      to: "2026-11-22T13:00:00Z",
      why: "whole hours",
    },
    {
      query: { range: "7d" },
      zone: "Asia/Kolkata",
      from: "2026-11-15T18:30:00Z",
      to: "2026-11-22T18:30:00Z",
      why: "days of the zone",
    },
    {
      query: { range: "month" },
      zone: "UTC",
      from: "2026-11-01T00:00:00Z",
      to: "2026-11-23T00:00:00Z",
      why: "the month so far",
    },
    {
      query: { range: "last-month" },
      zone: "UTC",
      from: "2026-10-01T00:00:00Z",
      to: "2026-11-01T00:00:00Z",
      why: "a whole month",
    },
    {
      query: { range: "30d" },
      zone: "America/New_York",
      from: "2026-10-24T04:00:00Z",
      to: "2026-11-23T05:00:00Z",
      why: "clocks changed on 1 Nov",
    },
    {
      query: { range: "constructor" },
      zone: "UTC",
      from: "2026-10-24T00:00:00Z",
      to: "2026-11-23T00:00:00Z",
      why: "an unknown name is ignored",
    },
    {
      query: { from: "2015-05-17", through: "2015-05-20" },
      zone: "UTC",
      from: "2015-05-17T00:00:00Z",
      to: "2015-05-21T00:00:00Z",
      why: "the last day counts",
    },
    {
      query: { from: "2015-05-20", through: "2015-05-17" },
      zone: "UTC",
      from: "2026-10-24T00:00:00Z",
      to: "2026-11-23T00:00:00Z",
      why: "days in the wrong order are ignored",
    },
    {
      query: { from: "2015-02-31", through: "2015-03-01" },
      zone: "UTC",
      from: "2026-10-24T00:00:00Z",
      to: "2026-11-23T00:00:00Z",
      why: "so are days that do not exist",
    },
  ])("$from to $to in $zone: $why", ({ query, zone, from, to }) => {
    expect(readRange(query, zone, now)).toMatchObject({ from, to });
  });

  test("a range names its days for the date fields", () => {
    expect(rangeDays(days("2015-05-17", "2015-05-20", "Asia/Kolkata"), "Asia/Kolkata")).toEqual({
      from: "2015-05-17",
      through: "2015-05-20",
    });
  });
});

describe("windows", () => {
  test.for([
    { range: days("2026-11-22", "2026-11-22"), offered: ["minute", "hour", "month"], chosen: "hour" },
    { range: days("2026-11-16", "2026-11-22"), offered: ["hour", "day", "month"], chosen: "day" },
    { range: days("2025-01-01", "2026-11-22"), offered: ["day", "month"], chosen: "month" },
    { range: days("1990-01-01", "2026-11-22"), offered: ["month"], chosen: "month" },
  ])("offers $offered, chooses $chosen", ({ range, offered, chosen }) => {
    expect(windowsOf(range)).toEqual(offered);
    expect(readWindow("fortnight", range)).toBe(chosen);
  });

  test("a window that the range cannot show is not taken from the address", () => {
    expect(readWindow("minute", days("2026-11-16", "2026-11-22"))).toBe("day");
    expect(readWindow("hour", days("2026-11-16", "2026-11-22"))).toBe("hour");
  });
});

describe("buckets", () => {
  test("a day on which the clocks change has 25 hours and is still one day", () => {
    const range = days("2026-11-01", "2026-11-01", "America/New_York");
    expect(buckets(range, "hour", "America/New_York")).toHaveLength(25);
    expect(buckets(range, "day", "America/New_York")).toEqual([
      { from: "2026-11-01T04:00:00Z", to: "2026-11-02T05:00:00Z" },
    ]);
  });

  test("windows lie end to end", () => {
    const cut = buckets(days("2026-01-31", "2026-03-31"), "month", "UTC");
    expect(cut.map(({ from }) => from)).toEqual([
      "2026-01-01T00:00:00Z",
      "2026-02-01T00:00:00Z",
      "2026-03-01T00:00:00Z",
    ]);
    expect(cut.map(({ to }) => to)).toEqual(["2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"]);
  });
});
