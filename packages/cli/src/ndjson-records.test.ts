import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLines } from "./file-lines.ts";
import { ndjsonEvent, ndjsonRecords } from "./ndjson-records.ts";
import { collect, temporaryFile } from "./temporary-folder.fixture.ts";

const defaults = { idPrefix: "file", type: "call", source: "import" };

describe("ndjsonEvent", () => {
  test.for([
    {
      text: '{"id":"a","type":"t","customer":"c","source":"s","time":"2026-11-22T00:00:00Z","data":{"n":0.10000000000000000001}}',
      sent: '{"id":"a","type":"t","customer":"c","source":"s","time":"2026-11-22T00:00:00Z","data":{"n":0.10000000000000000001}}',
      why: "a whole event is sent digit by digit as it is",
    },
    {
      text: '{ "customer":"c"}',
      sent: '{"id":"file:7","type":"call","source":"import","customer":"c"}',
      why: "what is left out is put in front",
    },
    {
      text: '{"customer":"c","id":"a","source":""}',
      sent: '{"type":"call","customer":"c","id":"a","source":""}',
      why: "only what is left out",
    },
    {
      text: '{"id":7,"customer":"c","type":"t","source":"s"}',
      sent: '{"id":7,"customer":"c","type":"t","source":"s"}',
      why: "an id that is no text is for the API to judge",
    },
  ])("$why", ({ text, sent }) => {
    expect(ndjsonEvent(text, 7, defaults)).toMatchObject({ text: sent, line: 7, customer: "c" });
  });

  test.for([
    { text: "", problem: "not JSON" },
    { text: '{"customer":"c"', problem: "not JSON" },
    { text: "[]", problem: "not a JSON object" },
    { text: "null", problem: "not a JSON object" },
    { text: '"c"', problem: "not a JSON object" },
    { text: "{}", problem: "the event names no customer" },
    { text: '{"customer":""}', problem: "the event names no customer" },
    { text: '{"customer":7}', problem: "the event names no customer" },
  ])("refuses $text: $problem", ({ text, problem }) => {
    expect(ndjsonEvent(text, 7, defaults)).toBe(problem);
  });

  test("needs a type from somewhere", () => {
    expect(ndjsonEvent('{"customer":"c"}', 7, { idPrefix: "file" })).toBe(
      "the event has no type, and --type names none",
    );
  });

  test("answers any text, and what it sends means what was read", () => {
    const event = fc.dictionary(fc.string(), fc.jsonValue()).map((rest) => JSON.stringify({ ...rest, customer: "c" }));
    fc.assert(
      fc.property(fc.oneof(event, fc.json(), fc.string({ unit: anyCharacter })), (text) => {
        const made = ndjsonEvent(text.trim(), 1, defaults);
        if (typeof made !== "string") expect(JSON.parse(made.text)).toMatchObject(JSON.parse(text));
      }),
    );
  });
});

describe("ndjsonRecords", () => {
  test("tells every line that is no event, with its number, and passes over empty ones", async () => {
    const content = Buffer.concat([
      Buffer.from('\uFEFF{"customer":"c"}\r\n\n  \nnonsense\n'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(`${"x".repeat(1_000_001)}\n{"customer":"d"}`),
    ]);
    const records = await collect(
      ndjsonRecords(readLines(temporaryFile(content), { offset: 0, line: 0 }, content.length), defaults),
    );
    expect(records.map(({ line, event, problem }) => [line, event?.customer ?? problem?.message])).toEqual([
      [1, "c"],
      [4, "not JSON"],
      [5, "not UTF-8"],
      [6, "the line is too long"],
      [7, "d"],
    ]);
  });
});
