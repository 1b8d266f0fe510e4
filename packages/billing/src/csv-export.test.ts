import { describe, expect, test } from "vitest";
import { settlementCsvRow } from "./csv-export.ts";

describe("settlementCsvRow", () => {
  test("guards what a separator of another locale would begin", () => {
    expect(settlementCsvRow({ description: "a;=1+1" })).toContain('"a;=1+1"');
  });
});
