import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBundle, encodeBundle } from "./codec/index.ts";
import type { BodyKind } from "./event-body.ts";
import { parseEvents } from "./parse-events.ts";

const now = Date.UTC(2026, 9, 20, 12);
const kinds: readonly BodyKind[] = ["json", "ndjson", "cloudevents", "cloudevents-batch"];

/** Parses a body as every kind; what is let through must fit a bundle and come back. */
function survives(text: string): void {
  for (const kind of kinds) {
    const result = parseEvents(text, { kind, receivedAt: now, now, backfill: false });
    if (!result.ok) continue;
    const { events, indexes, rejected, duplicates } = result.value;
    expect(indexes).toHaveLength(events.length);
    expect(rejected.length + duplicates + events.length).toBeGreaterThanOrEqual(0);
    const bundle = decodeBundle(encodeBundle(events).blob);
    if (!bundle.ok) throw new Error(bundle.error.code);
    events.forEach((event, row) => {
      expect(bundle.value.fact(row)).toEqual(event);
    });
  }
}

const token = fc.constantFrom(
  ...'{}[],:" \n\\',
  '"id"',
  '"type"',
  '"customer"',
  '"data"',
  '"events"',
  '"a"',
  "1e9",
  "-0",
  "0.1",
  "12345678901234567890",
  "null",
  "\\ud800",
  "\\u0000",
);

describe("parseEvents", () => {
  test("throws on no text at all", () => {
    fc.assert(fc.property(fc.string({ unit: anyCharacter, maxLength: 100 }), survives), { numRuns: 200, seed: 1 });
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join("")),
        survives,
      ),
      { numRuns: 300, seed: 2 },
    );
  });

  test("takes any JSON as data, or says why not, and keeps it as it is", () => {
    const member = fc.oneof(fc.constant("a"), fc.constant("__proto__"), fc.string({ maxLength: 5 }));
    const data = fc.dictionary(member, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 });
    const bodies = fc
      .array(data, { maxLength: 5 })
      .map((list) => JSON.stringify(list.map((item, i) => ({ id: `e${i}`, type: "t", customer: "c", data: item }))));
    fc.assert(fc.property(bodies, survives), { numRuns: 150, seed: 3 });
  });

  test("survives a good body with a few letters changed", () => {
    const body = JSON.stringify({
      events: [
        {
          id: "a",
          type: "charge",
          customer: "c",
          time: "2026-10-20T11:00:00Z",
          data: { amount: "0.1", currency: "EUR", n: [1.5, { x: "\ud83d\ude00" }] },
        },
      ],
    });
    const change = fc.tuple(fc.nat(body.length - 1), fc.constantFrom(...'{}[],:"\\0e19.-ux '));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        survives(changes.reduce((text, [at, letter]) => text.slice(0, at) + letter + text.slice(at + 1), body));
      }),
      { numRuns: 500, seed: 4 },
    );
  });
});
