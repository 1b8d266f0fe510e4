import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRows } from "./csv-rows.ts";
import { readLines } from "./file-lines.ts";
import { collect, temporaryFile } from "./temporary-folder.fixture.ts";

const rows = async (content: string | Uint8Array, delimiter = ",") => {
  const bytes = Buffer.from(content);
  return await collect(csvRows(readLines(temporaryFile(bytes), { offset: 0, line: 0 }, bytes.length), delimiter));
};
const short = async (content: string | Uint8Array, delimiter?: string) =>
  (await rows(content, delimiter)).map(({ number, cells, problem }) => [number, cells ?? problem]);

const never = "a quote is opened and never closed";

describe("csvRows", () => {
  test.for([
    {
      content: "a,b\nc,d\n",
      expected: [
        [1, ["a", "b"]],
        [2, ["c", "d"]],
      ],
      why: "plain rows",
    },
    {
      content: "\uFEFFa\r\nb\r\n",
      expected: [
        [1, ["a"]],
        [2, ["b"]],
      ],
      why: "a byte order mark and carriage returns",
    },
    {
      content: "a\n\n \nb",
      expected: [
        [1, ["a"]],
        [4, ["b"]],
      ],
      why: "empty lines",
    },
    { content: '"a,b","c ""d"""\n', expected: [[1, ["a,b", 'c "d"']]], why: "quotes" },
    {
      content: '"a\nb\r\nc",d\ne,f',
      expected: [
        [1, ["a\nb\r\nc", "d"]],
        [4, ["e", "f"]],
      ],
      why: "line feeds in quotes",
    },
    { content: ",,\n", expected: [[1, ["", "", ""]]], why: "empty cells" },
    { content: '"",""\n', expected: [[1, ["", ""]]], why: "empty quotes" },
    {
      content: 'a"b,c\nd,e\n',
      expected: [
        [1, never],
        [2, ["d", "e"]],
      ],
      why: "a stray quote, which swallows nothing",
    },
    {
      content: 'a,"b"c\nd,e\n',
      expected: [
        [1, expect.stringContaining("not CSV")],
        [2, ["d", "e"]],
      ],
      why: "text after a quote",
    },
    {
      content: 'a,"b\nc,d\ne,f\n',
      expected: [
        [1, never],
        [2, ["c", "d"]],
        [3, ["e", "f"]],
      ],
      why: "a quote that is never closed",
    },
    {
      content: 'x"\n"y",z\nw"\n',
      expected: [
        [1, expect.any(String)],
        [2, ["y", "z"]],
        [3, never],
      ],
      why: "stray quotes around a good row",
    },
  ])("reads $why", async ({ content, expected }) => {
    expect(await short(content)).toEqual(expected);
  });

  test("reads other delimiters", async () => {
    expect(await short('a;b\n"c;d";e', ";")).toEqual([
      [1, ["a", "b"]],
      [2, ["c;d", "e"]],
    ]);
  });

  test("tells lines that are not UTF-8 or too long", async () => {
    expect(await short(Buffer.concat([Buffer.from([0xff]), Buffer.from(`\n${"x".repeat(1_000_001)}\nend`)]))).toEqual([
      [1, "not UTF-8"],
      [2, "the line is too long"],
      [3, ["end"]],
    ]);
  });

  test("gives up on an open quote after 200 lines, and goes on at the next", async () => {
    const read = await short(`"a\n${"b\n".repeat(500)}`);
    expect(read).toHaveLength(501);
    expect(read[0]).toEqual([1, never]);
  });

  test("reads back any table that RFC 4180 writes", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ", "é", "0") });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })), async (given) => {
        const text = given.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",")).join("\r\n");
        expect((await rows(text)).map(({ cells }) => cells)).toEqual(given);
      }),
      { numRuns: 100 },
    );
  });

  test("answers any bytes, with every line in one row or told, in order", async () => {
    const noise = fc.array(fc.constantFrom("a", ",", '"', '""', "\n", "\r\n", " ", "\xff"), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(noise, async (given) => {
        const content = Buffer.from(given.join(""), "latin1");
        const read = await rows(content);
        read.forEach((row, at) => {
          expect(row.start).toBeGreaterThanOrEqual(read[at - 1]?.end ?? 0);
          expect(row.number).toBeGreaterThan(read[at - 1]?.lastLine ?? 0);
        });
        const covered = new Set(
          read.flatMap(({ number, lastLine }) => Array.from({ length: lastLine - number + 1 }, (_, n) => number + n)),
        );
        content
          .toString("latin1")
          .split("\n")
          .forEach((line, at) => {
            if (line.trim() !== "") expect(covered).toContain(at + 1);
          });
      }),
      { numRuns: 300 },
    );
  });
});
