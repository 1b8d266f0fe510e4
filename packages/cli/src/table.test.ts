import { describe, expect, test } from "vitest";
import { table } from "./table.ts";

describe("table", () => {
  test("lines columns up, numbers on the right", () => {
    const rows = [
      ["a", 7, "x"],
      ["bcd", "1000.5"],
    ];
    expect(table([{ heading: "name" }, { heading: "n", isNumber: true }, { heading: "" }], rows)).toBe(
      "name       n\na          7  x\nbcd   1000.5\n",
    );
  });

  test("lets no cell drive the terminal or start a line", () => {
    expect(table([{ heading: "name" }], [["\u001b[31mred\nx\u009b"]])).toBe("name\n?[31mred?x?\n");
  });
});
