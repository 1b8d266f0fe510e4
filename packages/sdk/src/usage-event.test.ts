import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FarthingError } from "./farthing-error.ts";
import { newId } from "./new-id.ts";
import { prepareEvent, type UsageEvent } from "./usage-event.ts";

const origin = { now: Date.UTC(2026, 10, 22), newId: () => "made-here" };
const prepare = (event: unknown) => prepareEvent(event as UsageEvent, origin);

describe("prepareEvent", () => {
  test("gives an id and a time to an event that has none", () => {
    const { id, text, timeMs, bytes } = prepare({ type: "call", customer: "acme" });
    expect(text).toBe('{"id":"made-here","type":"call","customer":"acme","time":"2026-11-22T00:00:00.000Z"}');
    expect({ id, timeMs, bytes }).toEqual({ id: "made-here", timeMs: origin.now, bytes: text.length });
  });

  test("leaves what is given as it is", () => {
    const event = {
      id: "é",
      type: "call",
      customer: "acme",
      time: "2026-11-01T00:00:00+02:00",
      source: "s",
      data: { a: "0.10" },
    };
    const { text, timeMs, bytes } = prepare(event);
    expect(JSON.parse(text)).toEqual(event);
    expect(timeMs).toBe(Date.UTC(2026, 9, 31, 22));
    expect(bytes).toBe(new TextEncoder().encode(text).byteLength);
  });

  test.for([
    {
      data: { n: 12345678901234567890n },
      json: '{"n":"12345678901234567890"}',
      why: "a bigint is exact as a decimal string",
    },
    { data: { n: 0.1 }, json: '{"n":0.1}', why: "a number is the caller's" },
    { data: { n: -0 }, json: '{"n":0}', why: "JSON knows one zero" },
    { data: { s: "\ud800" }, json: '{"s":"\\ud800"}', why: "a lone surrogate is for the API to judge" },
    { data: { when: new Date(0) }, json: '{"when":"1970-01-01T00:00:00.000Z"}', why: "a date is its text" },
  ])("$json: $why", ({ data, json }) => {
    expect(prepare({ type: "call", customer: "acme", data }).text).toContain(`"data":${json}`);
  });

  test.for([
    { event: undefined, why: "no event" },
    { event: null, why: "no event" },
    { event: "call", why: "not an object" },
    { event: { customer: "acme" }, why: "no type" },
    { event: { type: "", customer: "acme" }, why: "an empty type" },
    { event: { type: "call" }, why: "no customer" },
    { event: { type: "call", customer: 7 }, why: "a customer that is no text" },
    { event: { type: "call", customer: "acme", time: new Date(Number.NaN) }, why: "a date that is none" },
    { event: { type: "call", customer: "acme", data: { n: Number.NaN } }, why: "NaN would become null" },
    {
      event: { type: "call", customer: "acme", data: { a: [{ n: Number.POSITIVE_INFINITY }] } },
      why: "so would infinity",
    },
    { event: { type: "call", customer: "acme", data: circular() }, why: "a circle" },
  ])("refuses $why", ({ event }) => {
    expect(() => prepare(event)).toThrow(expect.objectContaining({ code: "invalid_event" }));
  });

  test("keeps any JSON as it is, or refuses with its own error", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter }),
        fc.string(),
        fc.dictionary(fc.string(), fc.anything()),
        (id, source, data) => {
          try {
            const { text } = prepare({ id, type: "call", customer: "acme", source, data });
            expect(JSON.parse(text)).toMatchObject({ id, type: "call", customer: "acme", source });
          } catch (error) {
            if (!(error instanceof FarthingError)) throw error;
          }
        },
      ),
    );
  });
});

describe("newId", () => {
  test("makes UUIDs of version 4, also where the platform has no randomUUID", () => {
    const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    const platform = Object.getOwnPropertyDescriptor(Crypto.prototype, "randomUUID");
    const ids = [newId()];
    Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
    ids.push(newId(), newId());
    Reflect.deleteProperty(crypto, "randomUUID");
    expect(Object.getOwnPropertyDescriptor(Crypto.prototype, "randomUUID")).toEqual(platform);
    for (const id of ids) expect(id).toMatch(shape);
    expect(new Set(ids).size).toBe(3);
  });
});

function circular() {
  const data: Record<string, unknown> = {};
  data.self = data;
  return data;
}
