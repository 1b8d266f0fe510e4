import { describe, expect, test } from "vitest";
import { csvCell } from "./csv-cell.ts";
import { settlementCsvRow } from "./csv-export.ts";

describe("csvCell", () => {
  test.for([
    { cell: "", safe: "" },
    { cell: "API calls", safe: "API calls" },
    { cell: "-1", safe: "-1" },
    { cell: "-0.000000000001", safe: "-0.000000000001" },
    { cell: "-1+1", safe: "'-1+1" },
    { cell: "-", safe: "'-" },
    { cell: "-1.", safe: "'-1." },
    { cell: "-1\n", safe: "'-1\n" },
    { cell: "+1", safe: "'+1" },
    { cell: "=1+1", safe: "'=1+1" },
    { cell: "@SUM(A1)", safe: "'@SUM(A1)" },
    { cell: "\t=1", safe: "'\t=1" },
    { cell: "\r=1", safe: "'\r=1" },
    { cell: "\n=1", safe: "'\n=1" },
    { cell: "＝1+1", safe: "'＝1+1" },
    { cell: "a=1", safe: "a=1" },
  ])("writes $cell as $safe", ({ cell, safe }) => {
    expect(csvCell(cell)).toBe(safe);
  });

  test("guards what a separator of another locale would begin", () => {
    expect(settlementCsvRow({ description: "a;=1+1" })).toContain('"a;=1+1"');
  });
});
