import { appendFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longestLineBytes, readLines, textOf } from "./file-lines.ts";
import { collect, temporaryFile } from "./temporary-folder.fixture.ts";

const start = { offset: 0, line: 0 };
const read = async (content: string | Uint8Array, from = start) => {
  const bytes = Buffer.from(content);
  return await collect(readLines(temporaryFile(bytes), from, bytes.length));
};

describe("readLines", () => {
  test.for([
    { content: "", lines: [], why: "an empty file" },
    { content: "a", lines: ["a"], why: "no line feed at the end" },
    { content: "a\n", lines: ["a"], why: "one at the end" },
    { content: "\n\na", lines: ["", "", "a"], why: "empty lines" },
    { content: "a\r\nb", lines: ["a\r", "b"], why: "carriage returns are left to the format" },
  ])("reads $why", async ({ content, lines }) => {
    expect((await read(content)).map(({ bytes }) => bytes?.toString())).toEqual(lines);
  });

  test("keeps the longest line, and counts on past a longer one", async () => {
    const long = "x".repeat(longestLineBytes);
    const lines = await read(`${long}\n${long}x\nend`);
    expect(lines.map(({ number, bytes }) => [number, bytes?.length])).toEqual([
      [1, longestLineBytes],
      [2, undefined],
      [3, 3],
    ]);
  });

  test("does not read what was appended after the size was taken", async () => {
    const path = temporaryFile("a\nb\n");
    appendFileSync(path, "c\n");
    expect(await collect(readLines(path, start, 4))).toHaveLength(2);
  });

  test("gives every byte to one line, and goes on from the end of any of them", async () => {
    const pieces = fc.array(fc.oneof(fc.string(), fc.constantFrom("\n", "\r\n", "é", "x".repeat(70_000))));
    await fc.assert(
      fc.asyncProperty(pieces, fc.nat(), async (given, pick) => {
        const content = given.join("");
        const lines = await read(content);
        const expected =
          content.endsWith("\n") || content === "" ? content.split("\n").slice(0, -1) : content.split("\n");
        expect(lines.map((line) => line.bytes?.toString())).toEqual(
          expected.map((line) => Buffer.from(line).toString()),
        );
        expect(lines.map(({ number }) => number)).toEqual(expected.map((_, at) => at + 1));
        lines.forEach((line, at) => {
          expect(line.start).toBe(lines[at - 1]?.end ?? 0);
        });
        const after = lines[pick % Math.max(1, lines.length)];
        if (after === undefined) return;
        expect(await read(content, { offset: after.end, line: after.number })).toEqual(lines.slice(after.number));
      }),
      { numRuns: 50 },
    );
  });
});

describe("textOf", () => {
  const line = (bytes: Buffer, at = 0) => ({ number: 1, start: at, end: at + bytes.length, bytes });

  test.for([
    { bytes: Buffer.from("é"), at: 0, text: "é", why: "UTF-8" },
    { bytes: Buffer.from([0xe9]), at: 0, text: undefined, why: "Latin-1" },
    { bytes: Buffer.from("\uFEFFa"), at: 0, text: "a", why: "a byte order mark at the start of the file" },
    { bytes: Buffer.from("\uFEFFa"), at: 9, text: "\uFEFFa", why: "the same character elsewhere" },
  ])("reads $why", ({ bytes, at, text }) => {
    expect(textOf(line(bytes, at))).toBe(text);
  });
});
