import { describe, expect, test } from "vitest";
import { asksFor } from "./accept.ts";

describe("asksFor CSV over JSON", () => {
  test.for([
    { accept: undefined, csv: false, why: "nothing asks for it" },
    { accept: "*/*", csv: false, why: "anything will do" },
    { accept: "text/csv", csv: true, why: "by its name" },
    { accept: "Text/CSV; header=present", csv: true, why: "in any letters, with parameters" },
    { accept: "text/*", csv: false, why: "not by its name" },
    { accept: "application/json, text/csv", csv: true, why: "as gladly" },
    { accept: "application/json, text/csv;q=0.5", csv: false, why: "less gladly" },
    { accept: "application/json;q=0.5, text/csv", csv: true, why: "more gladly" },
    { accept: "text/csv;q=0", csv: false, why: "not at all" },
    { accept: "text/csv;q=much", csv: false, why: "a weight that is none" },
  ])("$accept: $csv, $why", ({ accept, csv }) => {
    expect(asksFor("text/csv", { over: "application/json" }, accept)).toBe(csv);
  });
});
