import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCursor, sealCursor } from "./cursor.ts";

const secret = Buffer.alloc(32, 1);
const scope = { route: "GET /v1/keys", path: {}, query: "{}" };
const invalid = { ok: false, error: { code: "invalid_cursor" } };

describe("cursors", () => {
  test("open to what was sealed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (position) => {
        const cursor = sealCursor(secret, scope, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(openCursor(secret, scope, cursor)).toEqual({ ok: true, value: position });
      }),
    );
  });

  test.for([
    { why: "another merchant's secret", secret: Buffer.alloc(32, 2), scope },
    { why: "another route", secret, scope: { ...scope, route: "GET /v1/plans" } },
    { why: "another path", secret, scope: { ...scope, path: { id: "a" } } },
    { why: "another filter", secret, scope: { ...scope, query: '{"type":"a"}' } },
  ])("do not open for $why", (other) => {
    expect(openCursor(other.secret, other.scope, sealCursor(secret, scope, "7"))).toEqual(invalid);
  });

  test("changed by one character do not open", () => {
    const cursor = sealCursor(secret, scope, "position 7");
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom(..."AZaz09-_+/= ".split("")), (at, character) => {
        const changed = cursor.slice(0, at) + character + cursor.slice(at + 1);
        expect(openCursor(secret, scope, changed).ok).toBe(changed === cursor);
      }),
    );
  });

  test("made up do not open", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(openCursor(secret, scope, text)).toEqual(invalid);
      }),
    );
  });
});
