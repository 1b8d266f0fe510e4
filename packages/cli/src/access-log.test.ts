import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAccessLogLine } from "./access-log.ts";
import { accessLogRecords } from "./access-log-records.ts";
import { digestFile } from "./file-digest.ts";
import { readLines } from "./file-lines.ts";
import { dryRun } from "./import-dry-run.ts";

const shared = process.env.FARTHING_SHARED ?? resolve(import.meta.dirname, "../../../../shared");
const realLog = resolve(shared, "data/apache-access.log");
if (!existsSync(realLog)) console.warn(`SKIPPED: the real access log is not at ${realLog}`);

const line = (parts: Partial<Record<"address" | "time" | "request" | "status" | "bytes" | "tail", string>> = {}) => {
  const given = {
    address: "10.0.0.1",
    time: "17/May/2015:10:05:03 +0000",
    request: "GET / HTTP/1.1",
    status: "200",
    bytes: "7",
    tail: "",
    ...parts,
  };
  return `${given.address} - - [${given.time}] "${given.request}" ${given.status} ${given.bytes}${given.tail}`;
};
const entry = { address: "10.0.0.1", timeMs: Date.UTC(2015, 4, 17, 10, 5, 3), method: "GET", status: 200, bytes: "7" };

describe("parseAccessLogLine", () => {
  test.for([
    { text: line(), change: {}, why: "the common format" },
    { text: line({ tail: ' "http://a/" "Mozilla \\"5\\""' }), change: {}, why: "the combined format" },
    { text: line({ tail: ' "-" "cut in the midd' }), change: {}, why: "a tail that was cut" },
    { text: line({ tail: ' "-" "-" 0.003 upstream' }), change: {}, why: "fields added behind" },
    { text: line().replace("- -", "- alice"), change: {}, why: "a user" },
    { text: line({ address: "2001:db8::1" }), change: { address: "2001:db8::1" }, why: "IPv6" },
    { text: line({ address: "host.example" }), change: { address: "host.example" }, why: "a name" },
    { text: line({ bytes: "-" }), change: { bytes: "0" }, why: "nothing was sent" },
    { text: line({ bytes: "007" }), change: { bytes: "7" }, why: "zeros in front would be no JSON" },
    {
      text: line({ bytes: "9007199254740993" }),
      change: { bytes: "9007199254740993" },
      why: "more than a number holds",
    },
    { text: line({ request: 'GET /\\"x\\" HTTP/1.1' }), change: {}, why: "quotes in the request" },
    { text: line({ time: "17/May/2015:12:05:03 +0200" }), change: {}, why: "east of UTC" },
    { text: line({ time: "17/May/2015:05:35:03 -0430" }), change: {}, why: "west of UTC" },
    {
      text: line({ time: "29/Feb/2016:00:00:00 +0000" }),
      change: { timeMs: Date.UTC(2016, 1, 29) },
      why: "a leap day",
    },
    {
      text: line({ time: "30/Jun/2015:23:59:60 +0000" }),
      change: { timeMs: Date.UTC(2015, 6, 1) },
      why: "a leap second",
    },
  ])("reads $why", ({ text, change }) => {
    expect(parseAccessLogLine(text)).toEqual({ ...entry, ...change });
  });

  test.for(["-", "", "\\x16\\x03\\x01", "get / HTTP/1.1"])(
    "leaves out the method of a request line that is none: %s",
    (request) => {
      expect(parseAccessLogLine(line({ request }))).not.toHaveProperty("method");
    },
  );

  test.for([
    { text: "", why: "nothing" },
    { text: `www.example.com:80 ${line()}`, why: "a virtual host in front, whose address would be the host's" },
    { text: line().replace("- -", "- alice smith"), why: "a user with a space" },
    { text: line({ time: "31/Feb/2015:10:05:03 +0000" }), why: "a day that does not exist" },
    { text: line({ time: "29/Feb/2015:10:05:03 +0000" }), why: "a leap day in a common year" },
    { text: line({ time: "17/Mai/2015:10:05:03 +0000" }), why: "a month that does not exist" },
    { text: line({ time: "17/May/2015:24:00:00 +0000" }), why: "an hour that does not exist" },
    { text: line({ time: "17/May/2015:10:05:03" }), why: "no zone" },
    { text: line({ time: "2015-05-17T10:05:03Z" }), why: "another time format" },
    { text: line({ status: "20" }), why: "no status" },
    { text: line({ bytes: "" }), why: "no size" },
    { text: line({ bytes: "-7" }), why: "a negative size" },
    { text: line({ bytes: "7k" }), why: "a size with a unit" },
    { text: line({ bytes: "1".repeat(20) }), why: "a size past any disk" },
    { text: line({ request: 'GET /"x" HTTP/1.1' }), why: "quotes that are not escaped" },
    { text: line().slice(0, 60), why: "a line that was cut" },
  ])("refuses $why", ({ text }) => {
    expect(parseAccessLogLine(text)).toBeUndefined();
  });

  test("reads back any line that it could have been written from", () => {
    const time = fc.date({ min: new Date(0), max: new Date("2099-12-31"), noInvalidDate: true });
    const word = fc.stringMatching(/^[A-Za-z0-9.:_-]{1,40}$/);
    fc.assert(
      fc.property(
        word,
        time,
        fc.integer({ min: -1439, max: 1439 }),
        fc.nat(),
        fc.string(),
        (address, at, zone, size, tail) => {
          const timeMs = Math.floor(at.getTime() / 1000) * 1000;
          const written = line({ address, time: stampOf(timeMs, zone), bytes: String(size), tail: ` ${tail}` });
          expect(parseAccessLogLine(written)).toEqual({ ...entry, address, timeMs, bytes: String(size) });
        },
      ),
    );
  });

  test("answers any text, damaged and very long lines too", () => {
    const damaged = fc
      .tuple(fc.nat(100), fc.string({ unit: anyCharacter }))
      .map(([at, noise]) => line().slice(0, at) + noise + line().slice(at));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyCharacter }), damaged), (text) => {
        const read = parseAccessLogLine(text);
        expect(read === undefined || (Number.isSafeInteger(read.timeMs) && /^(0|[1-9]\d*)$/.test(read.bytes))).toBe(
          true,
        );
      }),
      { numRuns: 2_000 },
    );
    for (const text of [
      "- ".repeat(200_000),
      `${line().slice(0, 50)}${"\\".repeat(400_000)}`,
      line({ request: "\\a".repeat(200_000), status: "x" }),
    ]) {
      expect(parseAccessLogLine(text)).toBeUndefined();
    }
  });
});

describe.skipIf(!existsSync(realLog))("the real access log", () => {
  test("gives 10,000 events of 1,753 customers with 2,747,282,740 bytes", async () => {
    const digest = await digestFile(realLog);
    const records = accessLogRecords(readLines(realLog, { offset: 0, line: 0 }, digest.bytes), { idPrefix: "log" });
    const result = await dryRun(records, () => {});
    expect(result).toMatchObject({ events: 10_000, customers: 1_753, bytes: "2747282740", problems: {} });
  });

  test("gives each line an id of its own, also the 19 that repeat", async () => {
    const ids = new Set<string>();
    const { bytes } = await digestFile(realLog);
    for await (const { event } of accessLogRecords(readLines(realLog, { offset: 0, line: 0 }, bytes), {
      idPrefix: "log",
    })) {
      if (ids.size === 0) {
        expect(event?.text).toBe(
          '{"id":"log:1","type":"request","customer":"83.149.9.216","time":"2015-05-17T10:05:03Z","source":"access-log","data":{"bytes":203023,"status":200,"method":"GET"}}',
        );
      }
      ids.add(event?.id ?? "");
    }
    expect(ids.size).toBe(10_000);
  });
});

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function stampOf(timeMs: number, zoneMinutes: number): string {
  const there = new Date(timeMs + zoneMinutes * 60_000).toISOString();
  const [year, month, day] = there.slice(0, 10).split("-");
  const [hours, minutes] = [Math.floor(Math.abs(zoneMinutes) / 60), Math.abs(zoneMinutes) % 60];
  const zone = `${zoneMinutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}${String(minutes).padStart(2, "0")}`;
  return `${day}/${months[Number(month) - 1]}/${year}:${there.slice(11, 19)} ${zone}`;
}
