import type { CustomerId } from "@farthing/money";
import { decimal } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { numberOf } from "./codec/plain-number.ts";
import type { EventData } from "./event.ts";
import { type WarningCode, warningsOf } from "./event-warning.ts";
import { ann, bob, bytes, event, meters, requests, ten } from "./metering.fixture.ts";

const known: ReadonlySet<CustomerId> = new Set([ann]);
const at = (index: number, code: WarningCode) => ({ index, code });
const codes = (found: ReturnType<typeof warningsOf>) => found.warnings.map(({ index, code }) => ({ index, code }));

describe("warningsOf", () => {
  test.for<{ data: EventData; type?: string; codes: WarningCode[]; why: string }>([
    { data: { bytes: 1 }, codes: [], why: "a number" },
    { data: { bytes: "1.5" }, codes: [], why: "text that is one" },
    { data: { bytes: numberOf(decimal("12345678901234567890")) }, codes: [], why: "a long number" },
    { data: {}, codes: ["value_missing"], why: "nothing" },
    { data: { bytes: null }, codes: ["value_missing"], why: "null" },
    { data: { bytes: "many" }, codes: ["value_not_numeric"], why: "text that is no number" },
    { data: { bytes: "1e30" }, codes: ["value_not_numeric"], why: "a number past 30 digits" },
    { data: { bytes: true }, codes: ["value_not_numeric"], why: "a boolean" },
    { data: { bytes: [1] }, codes: ["value_not_numeric"], why: "a list" },
    { data: { bytes: {} }, codes: ["value_not_numeric"], why: "an object" },
    { type: "other", data: {}, codes: ["unmetered"], why: "a type that no meter takes" },
    { type: "charge", data: { amount: "1", currency: "USD" }, codes: [], why: "a direct charge has its meter" },
  ])("of a value $data: $codes, $why", ({ data, type = "request", codes: expected }) => {
    const found = warningsOf([event("a", ten, { data, type })], { indexes: [0], meters, known });
    expect(found.warnings.map(({ code }) => code)).toEqual(expected);
    expect(found.warningCount).toBe(expected.length);
  });

  test("names the place in the request, and each trouble of an event", () => {
    const events = [event("a", ten, { customer: bob, data: {} }), event("b", ten), event("c", ten, { type: "other" })];
    expect(codes(warningsOf(events, { indexes: [3, 7, 9], meters, known }))).toEqual([
      at(3, "unknown_customer"),
      at(3, "value_missing"),
      at(9, "unmetered"),
    ]);
  });

  test("warns for each meter that misses its value, by the path", () => {
    const deep = { ...bytes, key: "deep", value: "usage.bytes" };
    const found = warningsOf([event("a", ten, { data: { usage: [] } })], {
      indexes: [0],
      meters: { revision: 2, meters: [bytes, deep, requests] },
      known,
    });
    expect(found.warnings.map(({ message }) => message)).toEqual([
      "meter bytes finds nothing at data.bytes",
      "meter deep finds nothing at data.usage.bytes",
    ]);
  });

  test.for([
    { count: 1000, listed: 1000 },
    { count: 1001, listed: 1000 },
  ])("lists $listed of $count warnings, and counts all", ({ count, listed }) => {
    const events = Array.from({ length: count }, (_, i) => event(`e${i}`, ten, { type: "other" }));
    const found = warningsOf(events, { indexes: [...events.keys()], meters, known });
    expect([found.warnings.length, found.warningCount]).toEqual([listed, count]);
  });
});
