import { describe, expect, test } from "vitest";
import { csvCell, csvText } from "./csv.ts";

describe("csvText", () => {
  test.for([
    { cell: "plain", text: "plain", why: "as it is" },
    { cell: "-1.5", text: "-1.5", why: "a number below nought is no formula" },
    { cell: "=1+1", text: '"\'=1+1"', why: "a formula gets an apostrophe, and quotes round it" },
    { cell: "+1", text: '"\'+1"', why: "so does a plus" },
    { cell: "-a", text: '"\'-a"', why: "a minus before what is no number" },
    { cell: "@a", text: '"\'@a"', why: "an at sign" },
    { cell: "＝a", text: '"\'＝a"', why: "a wide equals sign" },
    { cell: "\ta", text: '"\'\ta"', why: "a tab" },
    { cell: 'say "a, b"', text: '"say ""a, b"""', why: "quotes are doubled" },
    { cell: "a\nb", text: '"a\nb"', why: "a line end is quoted" },
    { cell: "a;b", text: '"a;b"', why: "so is what other locales part cells with" },
    { cell: "", text: "", why: "nothing" },
  ])("writes $cell as $text: $why", ({ cell, text }) => {
    expect(csvText([["x", cell]])).toBe(`x,${text}\r\n`);
  });
});

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
});
