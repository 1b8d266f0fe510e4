import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sum } from "./decimal.ts";
import { foldUsage, type MeasuredRow, otherLabel } from "./usage-series.ts";

const windows = [
  { from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z" },
  { from: "2026-11-02T00:00:00Z", to: "2026-11-03T00:00:00Z" },
  { from: "2026-11-03T00:00:00Z", to: "2026-11-04T00:00:00Z" },
];

function row(day: number, value: string, region?: string): MeasuredRow {
  return { from: `2026-11-0${day}T00:00:00Z`, value, ...(region === undefined ? {} : { group: { region } }) };
}

describe("foldUsage", () => {
  test("windows without usage are zero, and the busiest is named", () => {
    const usage = foldUsage([row(1, "2.5"), row(3, "4")], { windows, most: 7, label: "Requests" });
    expect(usage.points.map(({ total }) => total)).toEqual(["2.5", "0", "4"]);
    expect(usage.series).toEqual([{ label: "Requests", total: "6.5" }]);
    expect(usage.busiest?.from).toBe("2026-11-03T00:00:00Z");
  });

  test("no usage at all has no series and no busiest window", () => {
    const usage = foldUsage([], { windows, most: 7, label: "Requests" });
    expect(usage).toMatchObject({ series: [], total: "0" });
    expect(usage.busiest).toBeUndefined();
  });

  test("a window without a value, and a group without a name, are told apart from others", () => {
    const rows = [
      { from: "2026-11-01T00:00:00Z", value: null },
      { ...row(2, "3"), group: { region: null } },
    ];
    expect(foldUsage(rows, { windows, by: "region", most: 7, label: "Requests" })).toMatchObject({
      total: "3",
      series: [{ label: "(none)", total: "3" }],
    });
  });

  test("the largest groups keep their names and the rest becomes one", () => {
    const rows = [row(1, "1", "eu"), row(1, "5", "us"), row(2, "2", "ap"), row(2, "1", "")];
    const usage = foldUsage(rows, { windows, by: "region", most: 2, label: "Requests" });
    expect(usage.series).toEqual([
      { label: "us", total: "5" },
      { label: "ap", total: "2" },
      { label: otherLabel, total: "2" },
    ]);
    expect(usage.points[0]?.values).toEqual(["5", "0", "1"]);
  });

  test("a row whose start the range cut falls in the window that it lies in", () => {
    const usage = foldUsage([{ from: "2026-11-02T05:30:00Z", value: "3" }], { windows, most: 7, label: "Requests" });
    expect(usage.points.map(({ total }) => total)).toEqual(["0", "3", "0"]);
  });

  test("the parts add up to the whole, however they are cut", () => {
    const usageRow = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.nat({ max: 999_999 }),
      fc.constantFrom("eu", "us", "ap", "sa"),
    );
    fc.assert(
      fc.property(fc.array(usageRow), fc.integer({ min: 1, max: 5 }), (rows, most) => {
        const given = rows.map(([day, value, region]) => row(day, `0.${value}`, region));
        const usage = foldUsage(given, { windows, by: "region", most, label: "Requests" });
        const whole = sum(given.map(({ value }) => value ?? "0"));
        expect(usage.total).toBe(whole);
        expect(sum(usage.points.map(({ total }) => total))).toBe(whole);
        expect(sum(usage.points.flatMap(({ values }) => values))).toBe(whole);
      }),
    );
  });
});
