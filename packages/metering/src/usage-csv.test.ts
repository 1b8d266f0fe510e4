import { describe, expect, test } from "vitest";
import { usageCsv } from "./usage-csv.ts";
import type { UsageDocument } from "./usage-document.ts";

const range = { from: "2026-03-02T00:00:00.000Z", to: "2026-03-03T00:00:00.000Z" };
const usage: UsageDocument = { meter: "m", ...range, window: "day", groupBy: [], rows: [], asOf: range.to };

describe("usageCsv", () => {
  test("has a header, and a line for each row", () => {
    const rows = [
      { ...range, value: "1.5" },
      { ...range, value: null },
    ];
    expect(usageCsv({ ...usage, rows })).toEqual({
      name: "usage-m-2026-03-02.csv",
      mediaType: "text/csv; charset=utf-8; header=present",
      content: ["from,to,value", `${range.from},${range.to},1.5`, `${range.from},${range.to},`, ""].join("\r\n"),
    });
  });

  test("has a column for each group, in the order asked for, and guards their values", () => {
    const rows = [{ ...range, customer: "ann", group: { region: "=eu", customer: null }, value: "-2" }];
    const text = usageCsv({ ...usage, groupBy: ["region", "customer"], rows }).content;
    expect(text).toBe(`from,to,group.region,customer,value\r\n${range.from},${range.to},"'=eu",ann,-2\r\n`);
  });

  test("has its header where there is no row", () => {
    expect(usageCsv({ ...usage, groupBy: ["region"] }).content).toBe("from,to,group.region,value\r\n");
  });
});
