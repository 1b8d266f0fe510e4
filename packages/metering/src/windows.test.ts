import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTimezone, type WindowName, windowsOf } from "./windows.ts";

const at = (text: string) => Date.parse(text);
const hour = 3_600_000;

function cut(from: string, to: string, window: WindowName, timezone = "UTC"): readonly string[] {
  const windows = windowsOf({ from: at(from), to: at(to) }, window, timezone);
  if (!windows.ok) throw new Error(windows.error.code);
  const ends = windows.value.map((one) => new Date(one.to).toISOString().slice(0, 16));
  return [new Date(windows.value[0]?.from ?? Number.NaN).toISOString().slice(0, 16), ...ends];
}

describe("windowsOf", () => {
  test.for<{ window: WindowName; from: string; to: string; timezone?: string; cuts: string[]; why: string }>([
    {
      window: "none",
      from: "2026-03-02T10:20:30Z",
      to: "2026-05-02T00:00:00Z",
      cuts: ["2026-03-02T10:20", "2026-05-02T00:00"],
      why: "one window",
    },
    {
      window: "minute",
      from: "2026-03-02T10:20:30Z",
      to: "2026-03-02T10:22:00Z",
      cuts: ["2026-03-02T10:20", "2026-03-02T10:21", "2026-03-02T10:22"],
      why: "a part of a minute first",
    },
    {
      window: "hour",
      from: "2026-03-02T10:20:00Z",
      to: "2026-03-02T12:10:00Z",
      cuts: ["2026-03-02T10:20", "2026-03-02T11:00", "2026-03-02T12:00", "2026-03-02T12:10"],
      why: "parts of hours at both ends",
    },
    {
      window: "hour",
      from: "2026-03-02T10:00:00Z",
      to: "2026-03-02T11:00:00Z",
      timezone: "Asia/Kolkata",
      cuts: ["2026-03-02T10:00", "2026-03-02T10:30", "2026-03-02T11:00"],
      why: "full hours of a zone of half hours",
    },
    {
      window: "day",
      from: "2026-03-28T12:00:00Z",
      to: "2026-03-30T22:00:00Z",
      timezone: "Europe/Paris",
      cuts: ["2026-03-28T12:00", "2026-03-28T23:00", "2026-03-29T22:00", "2026-03-30T22:00"],
      why: "a day of 23 hours",
    },
    {
      window: "day",
      from: "2026-10-24T22:00:00Z",
      to: "2026-10-26T23:00:00Z",
      timezone: "Europe/Paris",
      cuts: ["2026-10-24T22:00", "2026-10-25T23:00", "2026-10-26T23:00"],
      why: "a day of 25 hours",
    },
    {
      window: "hour",
      from: "2026-10-24T23:00:00Z",
      to: "2026-10-25T02:00:00Z",
      timezone: "Europe/Paris",
      cuts: ["2026-10-24T23:00", "2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00"],
      why: "the hour that clocks show twice is two hours",
    },
    {
      window: "day",
      from: "2026-09-05T04:00:00Z",
      to: "2026-09-08T03:00:00Z",
      timezone: "America/Santiago",
      cuts: ["2026-09-05T04:00", "2026-09-06T04:00", "2026-09-07T03:00", "2026-09-08T03:00"],
      why: "a day without midnight moves no later day",
    },
    {
      window: "hour",
      from: "2026-04-04T14:00:00Z",
      to: "2026-04-04T17:00:00Z",
      timezone: "Australia/Lord_Howe",
      cuts: ["2026-04-04T14:00", "2026-04-04T15:00", "2026-04-04T15:30", "2026-04-04T16:30", "2026-04-04T17:00"],
      why: "a change by half an hour is a boundary, and full hours go on from it",
    },
    {
      window: "week",
      from: "2026-03-01T00:00:00Z",
      to: "2026-03-10T00:00:00Z",
      cuts: ["2026-03-01T00:00", "2026-03-02T00:00", "2026-03-09T00:00", "2026-03-10T00:00"],
      why: "weeks begin on Monday",
    },
    {
      window: "month",
      from: "2026-01-31T00:00:00Z",
      to: "2026-04-01T00:00:00Z",
      cuts: ["2026-01-31T00:00", "2026-02-01T00:00", "2026-03-01T00:00", "2026-04-01T00:00"],
      why: "months of any length",
    },
  ])("cuts at every $window in $timezone: $why", ({ window, from, to, timezone, cuts }) => {
    expect(cut(from, to, window, timezone)).toEqual(cuts);
  });

  test.for([
    { minutes: 50_000, code: undefined },
    { minutes: 50_001, code: "too_many_windows" },
  ])("answers $code for $minutes windows", ({ minutes, code }) => {
    const windows = windowsOf({ from: 0, to: minutes * 60_000 }, "minute", "UTC");
    expect(windows.ok ? undefined : windows.error.code).toBe(code);
    expect(windows.ok && windows.value.length).toBe(code === undefined && minutes);
  });

  test.for(["", "Mars", "+05:30", "2026-01-01T00:00+01:00[Europe/Paris]", "Europe/", "a".repeat(65)])(
    "knows no zone %j",
    (timezone) => {
      expect(isTimezone(timezone)).toBe(false);
      expect(windowsOf({ from: 0, to: 1 }, "none", timezone)).toEqual({
        ok: false,
        error: { code: "unknown_timezone", timezone },
      });
    },
  );

  const zones = ["UTC", "Asia/Kolkata", "Asia/Kathmandu", "Europe/Paris", "America/Santiago", "Australia/Lord_Howe"];
  const years = fc.integer({ min: at("2024-01-01"), max: at("2030-01-01") });
  const lengths = { minute: 3 * hour, hour: 72 * hour, day: 400 * 24 * hour, week: 800 * 24 * hour } as const;

  test("tiles any range without gap, and shifting its ends moves no boundary between", () => {
    fc.assert(
      fc.property(
        years,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...zones, "Pacific/Apia", "America/St_Johns"),
        fc.constantFrom("minute", "hour", "day", "week"),
        (from, share, zone, window) => {
          const length = Math.ceil(lengths[window] * share) + 2;
          const windows = windowsOf({ from, to: from + length }, window, zone);
          const cuts = windows.ok ? [from, ...windows.value.map(({ to }) => to)] : [];
          expect(windows.ok && windows.value.map((one) => one.from)).toEqual(cuts.slice(0, -1));
          expect(cuts.at(-1)).toBe(from + length);
          expect(cuts).toEqual([...new Set(cuts)].sort((a, b) => a - b));
          const later = windowsOf({ from: from + Math.floor(length / 2), to: from + length }, window, zone);
          for (const { to } of later.ok ? later.value : [{ to: Number.NaN }]) expect(cuts).toContain(to);
        },
      ),
      { numRuns: 40, seed: 1 },
    );
  });

  test("cuts around every change of clocks where full hours and midnights are", () => {
    const changes = [
      "2011-12-30T10:00Z",
      "2010-11-07T02:31Z",
      "2026-04-04T15:00Z",
      "2026-09-06T04:00Z",
      "2026-04-05T03:00Z",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...changes.map(at)),
        fc.integer({ min: -40 * hour, max: 40 * hour }),
        fc.constantFrom(...zones, "Pacific/Apia", "America/St_Johns"),
        fc.constantFrom("hour", "day"),
        (change, shift, zone, window) => {
          const windows = windowsOf({ from: change + shift, to: change + shift + 60 * hour }, window, zone);
          const all = windows.ok ? windows.value : [];
          expect(all.every(({ from, to }) => from < to)).toBe(true);
          expect(all.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(60 * hour);
          const longest = window === "hour" ? hour : 25 * hour;
          expect(all.every(({ from, to }) => to - from <= longest)).toBe(true);
        },
      ),
      { numRuns: 60, seed: 2 },
    );
  });
});
