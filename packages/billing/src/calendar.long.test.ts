import { intervals } from "@farthing/pricing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateIn, isTimezone, type Period, type PeriodRule, periodContaining, periodsBetween } from "./calendar.ts";

const hourMs = 3_600_000;
const at = (text: string) => Date.parse(text);
const shown = ({ from, to }: Period) => [from, to].map((instant) => new Date(instant).toISOString().slice(0, 16));
const periodOf = (instant: number, rule: PeriodRule): Period => {
  const period = periodContaining(instant, rule);
  if (!period.ok) throw new Error(period.error.code);
  return period.value;
};

describe("periodContaining", () => {
  test.for([
    {
      zone: "UTC",
      instant: "2026-02-10T12:00Z",
      month: ["2026-02-01T00:00", "2026-03-01T00:00"],
      why: "a plain month",
    },
    {
      zone: "UTC",
      instant: "2026-02-01T00:00Z",
      month: ["2026-02-01T00:00", "2026-03-01T00:00"],
      why: "its first instant is in it",
    },
    {
      zone: "UTC",
      instant: "2026-02-28T23:59:59.999Z",
      month: ["2026-02-01T00:00", "2026-03-01T00:00"],
      why: "so is its last",
    },
    { zone: "UTC", instant: "2024-02-29T12:00Z", month: ["2024-02-01T00:00", "2024-03-01T00:00"], why: "a leap day" },
    { zone: "UTC", instant: "2026-12-31T23:00Z", month: ["2026-12-01T00:00", "2027-01-01T00:00"], why: "a year's end" },
    { zone: "UTC", instant: "1969-12-31T12:00Z", month: ["1969-12-01T00:00", "1970-01-01T00:00"], why: "before 1970" },
    {
      zone: "Asia/Kolkata",
      instant: "2026-01-31T18:29:59Z",
      month: ["2025-12-31T18:30", "2026-01-31T18:30"],
      why: "a month ends inside a UTC hour",
    },
    {
      zone: "Asia/Kolkata",
      instant: "2026-01-31T18:30Z",
      month: ["2026-01-31T18:30", "2026-02-28T18:30"],
      why: "the next begins there",
    },
    {
      zone: "Asia/Kathmandu",
      instant: "2026-06-15T00:00Z",
      month: ["2026-05-31T18:15", "2026-06-30T18:15"],
      why: "a quarter past",
    },
    {
      zone: "Europe/Berlin",
      instant: "2026-03-31T21:59:59Z",
      month: ["2026-02-28T23:00", "2026-03-31T22:00"],
      why: "clocks went forward in it",
    },
    {
      zone: "America/New_York",
      instant: "2026-11-15T00:00Z",
      month: ["2026-11-01T04:00", "2026-12-01T05:00"],
      why: "clocks went back in it",
    },
    {
      zone: "Pacific/Kiritimati",
      instant: "2026-01-31T10:00Z",
      month: ["2026-01-31T10:00", "2026-02-28T10:00"],
      why: "14 hours ahead",
    },
  ])("finds the month $month in $zone: $why", ({ zone, instant, month }) => {
    expect(shown(periodOf(at(instant), { interval: "month", timezone: zone }))).toEqual(month);
  });

  test.for([
    {
      zone: "UTC",
      instant: "2026-02-10T12:00Z",
      day: ["2026-02-10T00:00", "2026-02-11T00:00"],
      hours: 24,
      why: "a plain day",
    },
    {
      zone: "Europe/Berlin",
      instant: "2026-03-29T12:00Z",
      day: ["2026-03-28T23:00", "2026-03-29T22:00"],
      hours: 23,
      why: "clocks go forward",
    },
    {
      zone: "Europe/Berlin",
      instant: "2026-10-25T12:00Z",
      day: ["2026-10-24T22:00", "2026-10-25T23:00"],
      hours: 25,
      why: "clocks go back",
    },
    {
      zone: "Australia/Lord_Howe",
      instant: "2026-04-05T00:00Z",
      day: ["2026-04-04T13:00", "2026-04-05T13:30"],
      hours: 24.5,
      why: "by half an hour",
    },
    {
      zone: "America/Sao_Paulo",
      instant: "2018-11-04T12:00Z",
      day: ["2018-11-04T03:00", "2018-11-05T02:00"],
      hours: 23,
      why: "the day has no midnight",
    },
    {
      zone: "America/Sao_Paulo",
      instant: "2018-02-18T02:30Z",
      day: ["2018-02-17T02:00", "2018-02-18T03:00"],
      hours: 25,
      why: "its last hour comes twice",
    },
    {
      zone: "Africa/Cairo",
      instant: "2024-04-26T12:00Z",
      day: ["2024-04-25T22:00", "2024-04-26T21:00"],
      hours: 23,
      why: "no midnight on a Friday",
    },
    {
      zone: "America/Havana",
      instant: "2024-11-03T12:00Z",
      day: ["2024-11-03T04:00", "2024-11-04T05:00"],
      hours: 25,
      why: "midnight comes twice",
    },
    {
      zone: "America/St_Johns",
      instant: "2010-11-07T02:30:30Z",
      day: ["2010-11-07T02:30", "2010-11-08T03:30"],
      hours: 25,
      why: "a minute before clocks go back over midnight",
    },
    {
      zone: "America/St_Johns",
      instant: "2010-11-07T03:15Z",
      day: ["2010-11-07T02:30", "2010-11-08T03:30"],
      hours: 25,
      why: "and after, though the old date shows",
    },
    {
      zone: "Pacific/Apia",
      instant: "2011-12-30T09:59Z",
      day: ["2011-12-29T10:00", "2011-12-30T10:00"],
      hours: 24,
      why: "the last day before one that never was",
    },
    {
      zone: "Pacific/Apia",
      instant: "2011-12-30T10:00Z",
      day: ["2011-12-30T10:00", "2011-12-31T10:00"],
      hours: 24,
      why: "the day after it",
    },
  ])("finds the $hours h of $day in $zone: $why", ({ zone, instant, day, hours }) => {
    const period = periodOf(at(instant), { interval: "day", timezone: zone });
    expect(shown(period)).toEqual(day);
    expect((period.to - period.from) / hourMs).toBe(hours);
  });

  test.for<{ rule: Omit<PeriodRule, "timezone"> & { timezone?: string }; starts: string[]; why: string }>([
    {
      rule: { interval: "month", anchor: "2026-01-31" },
      starts: ["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"],
      why: "a 31st stays one, whatever shorter months lie between",
    },
    {
      rule: { interval: "month", anchor: "2023-12-30" },
      starts: ["2024-01-30", "2024-02-29", "2024-03-30"],
      why: "in a leap year February has a 29th",
    },
    {
      rule: { interval: "month", anchor: "2026-04-30" },
      starts: ["2026-04-30", "2026-05-30", "2026-06-30"],
      why: "a 30th is no last day of the month",
    },
    {
      rule: { interval: "month", anchor: "2026-01-15" },
      starts: ["2025-11-15", "2025-12-15", "2026-01-15"],
      why: "periods lie before the anchor too",
    },
    {
      rule: { interval: "week" },
      starts: ["2026-02-23", "2026-03-02", "2026-03-09"],
      why: "weeks of the calendar begin on Mondays",
    },
    {
      rule: { interval: "week", anchor: "2026-03-07" },
      starts: ["2026-02-28", "2026-03-07", "2026-03-14"],
      why: "anchored weeks on the anchor's weekday",
    },
    {
      rule: { interval: "quarter" },
      starts: ["2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01"],
      why: "quarters of the calendar",
    },
    {
      rule: { interval: "quarter", anchor: "2025-11-30" },
      starts: ["2025-11-30", "2026-02-28", "2026-05-30", "2026-08-30"],
      why: "anchored quarters on the anchor's day and every third month",
    },
    { rule: { interval: "year" }, starts: ["2025-01-01", "2026-01-01", "2027-01-01"], why: "years of the calendar" },
    {
      rule: { interval: "year", anchor: "2024-02-29" },
      starts: ["2023-02-28", "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"],
      why: "anchored years on the anchor's month and day, a leap day again when there is one",
    },
    {
      rule: { interval: "day", anchor: "2026-01-31" },
      starts: ["2026-02-01", "2026-02-02"],
      why: "days have no anchor",
    },
    {
      rule: { interval: "month", anchor: "2026-03-29", timezone: "Europe/Berlin" },
      starts: ["2026-02-27T23:00", "2026-03-28T23:00", "2026-04-28T22:00"],
      why: "from midnight to midnight of the zone, where clocks change on the anchor itself",
    },
    {
      rule: { interval: "month", anchor: "2011-10-30", timezone: "Pacific/Apia" },
      starts: ["2011-11-30T10:00", "2011-12-30T10:00", "2012-01-29T10:00"],
      why: "on a date that never was it begins with the next",
    },
  ])("counts $rule.interval from $rule.anchor: $why", ({ rule, starts }) => {
    const full = { timezone: "UTC", ...rule };
    const instants = starts.map((text) => at(text.includes("T") ? `${text}Z` : `${text}T00:00Z`));
    for (const [index, from] of instants.slice(0, -1).entries()) {
      const period = { from, to: instants[index + 1] };
      expect([periodOf(from, full), periodOf((period.to ?? 0) - 1, full)]).toEqual([period, period]);
    }
  });

  test.for(["", "Mars/Base", "+05:30", "Z", "GMT+1", "UTC\0", "../../etc", "a".repeat(65), "Europe/Berlin "])(
    "knows no zone %j",
    (timezone) => {
      const unknown = { ok: false, error: { code: "unknown_timezone", timezone } };
      expect(periodContaining(0, { interval: "day", timezone })).toEqual(unknown);
      expect(periodsBetween(0, 1, { interval: "day", timezone })).toEqual(unknown);
      expect(isTimezone(timezone)).toBe(false);
    },
  );

  test.for(["UTC", "Etc/GMT+5", "Asia/Calcutta", "America/Argentina/Buenos_Aires", "Asia/Seoul"])(
    "knows %s",
    (zone) => {
      expect(isTimezone(zone)).toBe(true);
    },
  );
});

const zones = [
  "UTC",
  "Asia/Kolkata",
  "Europe/Berlin",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Africa/Cairo",
  "Pacific/Apia",
  "Australia/Lord_Howe",
  "Asia/Tehran",
  "America/Nuuk",
];
const dayText = (time: number) => new Date(time).toISOString().slice(0, 10);
const rules: fc.Arbitrary<PeriodRule> = fc.record({
  interval: fc.constantFrom(...intervals),
  timezone: fc.constantFrom(...zones),
  anchor: fc.oneof(
    fc.constant(undefined),
    fc.integer({ min: at("2000-01-01T00:00Z"), max: at("2030-01-01T00:00Z") }).map(dayText),
    fc.constantFrom("2026-01-31", "2024-02-29", "2025-11-30", "2026-08-31"),
  ),
});

/** Whether a period begins on a date, by its day, weekday and month alone. */
function beginsOn(date: string, { interval, anchor = interval === "week" ? "2026-03-02" : "2026-01-01" }: PeriodRule) {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const [y = 0, m = 0, d = 0] = anchor.split("-").map(Number);
  if (interval === "day") return true;
  if (interval === "week") return (Date.UTC(year, month - 1, day) - Date.UTC(y, m - 1, d)) % (7 * 24 * hourMs) === 0;
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const apart = (year - y) * 12 + month - m;
  return day === Math.min(d, length) && apart % { month: 1, quarter: 3, year: 12 }[interval] === 0;
}
const instants = fc.integer({ min: at("1990-01-01T00:00Z"), max: at("2040-01-01T00:00Z") });

describe("periods", () => {
  test("hold the instant they were asked for, and are the same from each of their instants", () => {
    fc.assert(
      fc.property(
        rules,
        instants,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (rule, instant, part) => {
          const period = periodOf(instant, rule);
          expect(period.from <= instant && instant < period.to).toBe(true);
          expect(periodOf(period.from + Math.floor(part * (period.to - period.from)), rule)).toEqual(period);
          expect(periodOf(period.to - 1, rule)).toEqual(period);
          expect(periodOf(period.to, rule).from).toBe(period.to);
          expect(periodOf(period.from - 1, rule).to).toBe(period.from);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("begin when clocks in the zone first show the date", () => {
    const dates = new Map(zones.map((timeZone) => [timeZone, new Intl.DateTimeFormat("sv-SE", { timeZone })]));
    fc.assert(
      fc.property(rules, instants, (rule, instant) => {
        const { from } = periodOf(instant, rule);
        const date = (time: number) => dates.get(rule.timezone)?.format(time) ?? "";
        expect(date(from - 1) < date(from)).toBe(true);
        // A date that never was begins together with the next.
        const dayBefore = at(`${date(from - 1)}T00:00Z`);
        const begun = [1, 2].map((days) => dayText(dayBefore + days * 24 * hourMs)).filter((day) => day <= date(from));
        expect(begun.some((day) => beginsOn(day, rule))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("anchored periods", () => {
  test("hold no other date on which one begins", () => {
    const dates = new Map(zones.map((timeZone) => [timeZone, new Intl.DateTimeFormat("sv-SE", { timeZone })]));
    fc.assert(
      fc.property(rules, instants, (rule, instant) => {
        const { from, to } = periodOf(instant, rule);
        const date = (time: number) => dates.get(rule.timezone)?.format(time) ?? "";
        const [first, last] = [at(`${date(from)}T00:00Z`), at(`${date(to - 1)}T00:00Z`)];
        for (let day = first + 24 * hourMs; day <= last; day += 24 * hourMs)
          expect([dayText(day), beginsOn(dayText(day), rule)]).toEqual([dayText(day), false]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("periodsBetween", () => {
  const list = (from: string, to: string, rule: PeriodRule) => {
    const periods = periodsBetween(at(from), at(to), rule);
    return periods.ok ? periods.value.map((period) => shown(period)[0]) : [];
  };

  test.for([
    {
      from: "2026-01-31T23:59Z",
      to: "2026-03-01T00:00Z",
      starts: ["2026-01-01T00:00", "2026-02-01T00:00"],
      why: "the end is not in it",
    },
    {
      from: "2026-02-01T00:00Z",
      to: "2026-03-01T00:00:00.001Z",
      starts: ["2026-02-01T00:00", "2026-03-01T00:00"],
      why: "an instant is",
    },
    { from: "2026-02-01T00:00Z", to: "2026-02-01T00:00Z", starts: [], why: "no time, no period" },
    { from: "2026-02-02T00:00Z", to: "2026-02-01T00:00Z", starts: [], why: "the end comes first" },
  ])("lists $starts: $why", ({ from, to, starts }) => {
    expect(list(from, to, { interval: "month", timezone: "UTC" })).toEqual(starts);
  });

  test("leaves out a day that never was", () => {
    expect(list("2011-12-29T10:00Z", "2012-01-01T10:00Z", { interval: "day", timezone: "Pacific/Apia" })).toEqual([
      "2011-12-29T10:00",
      "2011-12-30T10:00",
      "2011-12-31T10:00",
    ]);
  });

  test("covers any stretch once, without gap", () => {
    fc.assert(
      fc.property(rules, instants, fc.integer({ min: 1, max: 200 * 24 * hourMs }), (rule, from, length) => {
        const periods = periodsBetween(from, from + length, rule);
        if (!periods.ok) throw new Error(periods.error.code);
        expect(periods.value[0]).toEqual(periodOf(from, rule));
        expect(periods.value.at(-1)).toEqual(periodOf(from + length - 1, rule));
        for (const [index, { to }] of periods.value.slice(0, -1).entries())
          expect(periods.value[index + 1]?.from).toBe(to);
      }),
      { numRuns: 100 },
    );
  });
});

test.for([
  { instant: "2026-01-31T14:59:59Z", timezone: "Asia/Seoul", date: "2026-01-31" },
  { instant: "2026-01-31T15:00:00Z", timezone: "Asia/Seoul", date: "2026-02-01" },
  { instant: "2026-01-31T15:00:00Z", timezone: "UTC", date: "2026-01-31" },
])("in $timezone $instant is on $date", ({ instant, timezone, date }) => {
  expect(dateIn(at(instant), timezone)).toBe(date);
});
